package org.seal4j.data.synth;

import java.util.List;
import java.util.function.ToIntFunction;

/** One-row tasks that give objects new colours: by size, by place, by cell. */
final class StripColors {
  private static final List<Role> BY_COUNT = List.of(Role.TO, Role.THIRD, Role.MASK, Role.FILL);

  private StripColors() {}

  /** The types of 1D-ARC. */
  static List<StripType> arc() {
    return List.of(
        sized("1d_recolor_cmp", 7, (row, p) -> extreme(row, p, true)),
        sized("1d_recolor_cnt", 3, (row, p) -> byLength(row, p, Segment::length)),
        sized("1d_recolor_oe", 7, (row, p) -> byLength(row, p, s -> 2 - s.length() % 2)));
  }

  /** What 1D-ARC leaves out. */
  static List<StripType> beyond() {
    return List.of(
        sized("recolour-smallest", 7, (row, p) -> extreme(row, p, false)),
        sized("recolour-singles", 5, (row, p) -> byLength(row, p, s -> s.length() == 1 ? 1 : 2)),
        sized("recolour-first", 5, (row, p) -> atEnd(row, p, true)),
        sized("recolour-last", 5, (row, p) -> atEnd(row, p, false)),
        sized("recolour-in-turn", 5, StripColors::inTurn),
        sized("recolour-heads", 6, (row, p) -> ofEach(row, p, true)),
        sized("recolour-tails", 6, (row, p) -> ofEach(row, p, false)),
        sized("recolour-inside", 7, StripColors::inside),
        sized("recolour-stripes", 7, StripColors::stripes),
        sized("recolour-all", 6, (row, p) -> byLength(row, p, s -> 1)),
        colorful("take-first-colour", true),
        colorful("take-last-colour", false),
        new StripType("swap-colours", 8, StripColors::two, (row, p) -> exchanged(row)));
  }

  private static StripType sized(String name, int maxLength, StripType.RowRule rule) {
    return new StripType(name, 12, d -> d.objects(maxLength, d.palette().color(Role.FROM)), rule);
  }

  private static StripType colorful(String name, boolean first) {
    return new StripType(name, 12, d -> d.colorfulObjects(4), (row, p) -> oneColored(row, first));
  }

  /** The longest (or shortest) objects, all of them, take the task's colour. */
  private static int[] extreme(int[] row, Palette palette, boolean longest) {
    int[] out = row.clone();
    List<Segment> objects = Segment.objects(row);
    int sought = objects.get(0).length();
    for (Segment object : objects) {
      sought = longest ? Math.max(sought, object.length()) : Math.min(sought, object.length());
    }
    for (Segment object : objects) {
      if (object.length() == sought) {
        object.paint(out, palette.color(Role.TO));
      }
    }
    return out;
  }

  /** The colour of an object follows from a class, counted from 1, of its length. */
  private static int[] byLength(int[] row, Palette palette, ToIntFunction<Segment> kind) {
    int[] out = row.clone();
    for (Segment object : Segment.objects(row)) {
      int place = Math.min(kind.applyAsInt(object), BY_COUNT.size()) - 1;
      object.paint(out, palette.color(BY_COUNT.get(place)));
    }
    return out;
  }

  private static int[] atEnd(int[] row, Palette palette, boolean first) {
    int[] out = row.clone();
    List<Segment> objects = Segment.objects(row);
    objects.get(first ? 0 : objects.size() - 1).paint(out, palette.color(Role.TO));
    return out;
  }

  private static int[] inTurn(int[] row, Palette palette) {
    int[] out = row.clone();
    List<Segment> objects = Segment.objects(row);
    for (int i = 0; i < objects.size(); i++) {
      objects.get(i).paint(out, palette.color(i % 2 == 0 ? Role.TO : Role.THIRD));
    }
    return out;
  }

  private static int[] ofEach(int[] row, Palette palette, boolean head) {
    int[] out = row.clone();
    for (Segment object : Segment.objects(row)) {
      out[head ? object.from() : object.to() - 1] = palette.color(Role.TO);
    }
    return out;
  }

  private static int[] inside(int[] row, Palette palette) {
    int[] out = row.clone();
    for (Segment object : Segment.objects(row)) {
      new Segment(object.from() + 1, object.to() - 1, 0).paint(out, palette.color(Role.TO));
    }
    return out;
  }

  private static int[] stripes(int[] row, Palette palette) {
    int[] out = row.clone();
    for (Segment object : Segment.objects(row)) {
      for (int i = object.from() + 1; i < object.to(); i += 2) {
        out[i] = palette.color(Role.TO);
      }
    }
    return out;
  }

  private static int[] oneColored(int[] row, boolean first) {
    int[] out = row.clone();
    List<Segment> objects = Segment.objects(row);
    int color = objects.get(first ? 0 : objects.size() - 1).color();
    objects.forEach(object -> object.paint(out, color));
    return out;
  }

  /** Two objects of different colours. */
  private static int[] two(StripDraw d) {
    int cut = d.rng().between(3, d.width() - 3);
    int from = d.rng().nextInt(cut - 1);
    int to = d.rng().between(cut + 1, d.width() - 1);
    int[] row = new int[d.width()];
    new Segment(from, d.rng().between(from + 1, cut - 1), 0).paint(row, d.objectColor());
    new Segment(to, d.rng().between(to + 1, d.width()), 0).paint(row, d.objectColor());
    return row;
  }

  /** The first and the last object exchange their colours. */
  private static int[] exchanged(int[] row) {
    int[] out = row.clone();
    List<Segment> objects = Segment.objects(row);
    Segment last = objects.get(objects.size() - 1);
    objects.get(0).paint(out, last.color());
    last.paint(out, objects.get(0).color());
    return out;
  }
}
