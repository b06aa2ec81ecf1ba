package org.seal4j.data.synth;

import java.util.Arrays;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.seal4j.data.synth.StripType.RowRule;

/** What one-row tasks do with a row; a {@link StripType} says what {@code out} holds before. */
final class StripRules {
  private static final List<Role> BY_COUNT = List.of(Role.TO, Role.THIRD, Role.MASK, Role.FILL);

  private StripRules() {}

  /** Each part of the row is drawn, moved or resized. */
  static RowRule each(Function<int[], List<Segment>> parts, UnaryOperator<Segment> change) {
    return (row, out, p) -> parts.apply(row).forEach(part -> change.apply(part).paint(out));
  }

  /** A part of each object is painted. */
  static RowRule painted(UnaryOperator<Segment> part, ToIntFunction<Palette> color) {
    return (row, out, p) ->
        Segment.objects(row).forEach(one -> part.apply(one).paint(out, color.applyAsInt(p)));
  }

  /** The object changes with regard to the marker, which stays. */
  static RowRule beside(BinaryOperator<Segment> change) {
    return (row, out, p) -> {
      change.apply(firstRun(row), lastRun(row)).paint(out);
      lastRun(row).paint(out);
    };
  }

  /** Object and marker exchange their order and keep the cells they span. */
  static void exchangeWithMarker(int[] row, int[] out, Palette p) {
    Segment object = firstRun(row);
    Segment marker = lastRun(row);
    out[object.from()] = marker.color();
    object.moved(marker.to() - object.to()).paint(out);
  }

  /** The object goes to the other side of the marker. */
  static void reflect(int[] row, int[] out, Palette p) {
    int axis = lastRun(row).from();
    for (int i = Math.max(0, 2 * axis - row.length + 1); i < row.length && i <= 2 * axis; i++) {
      out[2 * axis - i] = row[i];
    }
  }

  /** All objects move together until the last one touches the wall. */
  static void reachWall(int[] row, int[] out, Palette p) {
    int free = row.length - lastRun(row).to();
    each(Segment::runs, run -> run.moved(free)).apply(row, out, p);
  }

  /** The last object grows to the wall. */
  static void ray(int[] row, int[] out, Palette p) {
    Segment last = lastRun(row);
    last.grown(0, row.length - last.to()).paint(out);
  }

  /** All colours move to the left and leave no gap. */
  static void compact(int[] row, int[] out, Palette p) {
    int[] colors = Arrays.stream(row).filter(color -> color != 0).toArray();
    System.arraycopy(colors, 0, out, 0, colors.length);
  }

  /** Fills between the first and second cell, the third and fourth, and so on. */
  static void fill(int[] row, int[] out, Palette p) {
    List<Segment> cells = Segment.runs(row);
    for (int i = 0; i + 1 < cells.size(); i += 2) {
      new Segment(cells.get(i).from(), cells.get(i + 1).to(), cells.get(i).color()).paint(out);
    }
  }

  /** Each object is mirrored where it stands. */
  static void flip(int[] row, int[] out, Palette p) {
    for (Segment object : Segment.objects(row)) {
      for (int i = object.from(); i < object.to(); i++) {
        out[i] = row[object.from() + object.to() - 1 - i];
      }
    }
  }

  /** The first object is copied to each single cell, around it and in its colour. */
  static void copy(int[] row, int[] out, Palette p) {
    List<Segment> objects = Segment.objects(row);
    int half = objects.get(0).length() / 2;
    for (Segment seed : objects.subList(1, objects.size())) {
      new Segment(seed.middle() - half, seed.middle() + half + 1, seed.color()).paint(out);
    }
  }

  /** Background between objects is painted. */
  static void bridge(int[] row, int[] out, Palette p) {
    List<Segment> objects = Segment.objects(row);
    for (int i = 0; i + 1 < objects.size(); i++) {
      new Segment(objects.get(i).to(), objects.get(i + 1).from(), p.color(Role.PAINT)).paint(out);
    }
  }

  /** All background is painted. */
  static void fillBackground(int[] row, int[] out, Palette p) {
    Arrays.setAll(out, i -> row[i] == 0 ? p.color(Role.PAINT) : row[i]);
  }

  /** A second copy right after the object. */
  static void repeat(int[] row, int[] out, Palette p) {
    Segment object = firstRun(row);
    object.moved(object.length()).paint(out);
  }

  /** A pattern of which two periods are there goes on. */
  static void carryOn(int[] row, int[] out, Palette p) {
    int period = end(row, true).length() / 2;
    for (int i = 2 * period; i < row.length; i++) {
      out[i] = out[i - period];
    }
  }

  /** The row in a mirror. */
  static void reverse(int[] row, int[] out, Palette p) {
    Arrays.setAll(out, i -> row[row.length - 1 - i]);
  }

  /** The longest stretch of one colour alone. */
  static void keepLongest(int[] row, int[] out, Palette p) {
    longest(row).paint(out);
  }

  /** All but the longest stretch of one colour. */
  static void dropLongest(int[] row, int[] out, Palette p) {
    longest(row).paint(out, 0);
  }

  /** The first of several counts. */
  private static Segment longest(int[] row) {
    return Segment.runs(row).stream()
        .reduce((best, run) -> run.length() > best.length() ? run : best)
        .orElseThrow();
  }

  /** Each object takes its most frequent colour, the first of several. */
  static void clean(int[] row, int[] out, Palette p) {
    for (Segment object : Segment.objects(row)) {
      int[] cells = Arrays.copyOfRange(row, object.from(), object.to());
      Comparator<Integer> byCount =
          Comparator.comparingLong(color -> Arrays.stream(cells).filter(c -> c == color).count());
      object.paint(out, Arrays.stream(cells).boxed().max(byCount).orElseThrow());
    }
  }

  /** The longest (or shortest) objects, all of them, take the task's colour. */
  static RowRule extreme(boolean longest) {
    return (row, out, p) -> {
      List<Segment> objects = Segment.objects(row);
      IntSummaryStatistics lengths = objects.stream().mapToInt(Segment::length).summaryStatistics();
      int sought = longest ? lengths.getMax() : lengths.getMin();
      objects.stream()
          .filter(object -> object.length() == sought)
          .forEach(object -> object.paint(out, p.color(Role.TO)));
    };
  }

  /** The colour of an object follows from a class, counted from 1, of its length. */
  static RowRule byLength(ToIntFunction<Segment> kind) {
    return (row, out, p) -> {
      for (Segment object : Segment.objects(row)) {
        int place = Math.min(kind.applyAsInt(object), BY_COUNT.size()) - 1;
        object.paint(out, p.color(BY_COUNT.get(place)));
      }
    };
  }

  /** Objects take two colours in turn. */
  static void colorInTurn(int[] row, int[] out, Palette p) {
    List<Segment> objects = Segment.objects(row);
    for (int i = 0; i < objects.size(); i++) {
      objects.get(i).paint(out, p.color(i % 2 == 0 ? Role.TO : Role.THIRD));
    }
  }

  /** Every second cell of an object takes the task's colour. */
  static void stripe(int[] row, int[] out, Palette p) {
    for (Segment object : Segment.objects(row)) {
      for (int i = object.from() + 1; i < object.to(); i += 2) {
        out[i] = p.color(Role.TO);
      }
    }
  }

  /** The first and the last object exchange their colours. */
  static void exchangeColors(int[] row, int[] out, Palette p) {
    end(row, true).paint(out, end(row, false).color());
    end(row, false).paint(out, end(row, true).color());
  }

  /** The first or the last object alone. */
  static RowRule keepEnd(boolean first) {
    return (row, out, p) -> end(row, first).paint(out);
  }

  /** The first or the last object takes the task's colour. */
  static RowRule paintEnd(boolean first) {
    return (row, out, p) -> end(row, first).paint(out, p.color(Role.TO));
  }

  /** All objects take the colour of the first or the last one. */
  static RowRule colorOfEnd(boolean first) {
    return (row, out, p) ->
        Segment.objects(row).forEach(object -> object.paint(out, end(row, first).color()));
  }

  private static Segment end(int[] row, boolean first) {
    List<Segment> objects = Segment.objects(row);
    return objects.get(first ? 0 : objects.size() - 1);
  }

  private static Segment firstRun(int[] row) {
    return Segment.runs(row).get(0);
  }

  private static Segment lastRun(int[] row) {
    List<Segment> runs = Segment.runs(row);
    return runs.get(runs.size() - 1);
  }
}
