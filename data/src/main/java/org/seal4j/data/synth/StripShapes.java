package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.seed.Rng;

/** One-row tasks that fill, hollow, turn, resize or copy objects. */
final class StripShapes {

  private StripShapes() {}

  /** The types of 1D-ARC. */
  static List<StripType> arc() {
    return List.of(
        new StripType("1d_fill", 8, d -> ends(d, d.width()), (row, p) -> filled(row)),
        new StripType("1d_padded_fill", 12, StripShapes::threeTimes, (row, p) -> filled(row)),
        new StripType("1d_hollow", 8, d -> d.oneObject(3, 0, 0), (row, p) -> hollow(row)),
        new StripType("1d_flip", 8, StripShapes::headed, (row, p) -> flipped(row)),
        copies("1d_pcopy_1c", true),
        copies("1d_pcopy_mc", false));
  }

  /** What 1D-ARC leaves out. */
  static List<StripType> beyond() {
    return List.of(
        copies("", false).mirrored("pcopy-left"),
        new StripType("grow", 8, d -> d.oneObject(1, 1, 1), (row, p) -> resized(row, 1, 1)),
        new StripType("grow-right", 8, d -> d.oneObject(1, 0, 1), (row, p) -> resized(row, 0, 1)),
        new StripType("grow-left", 8, d -> d.oneObject(1, 1, 0), (row, p) -> resized(row, 1, 0)),
        new StripType("shrink", 8, d -> d.oneObject(4, 0, 0), (row, p) -> resized(row, -1, -1)),
        new StripType("cut-head", 8, d -> d.oneObject(3, 0, 0), (row, p) -> resized(row, -1, 0)),
        new StripType("cut-tail", 8, d -> d.oneObject(3, 0, 0), (row, p) -> resized(row, 0, -1)),
        new StripType("keep-head", 8, d -> d.oneObject(3, 0, 0), (row, p) -> ofEach(row, true)),
        new StripType("keep-tail", 8, d -> d.oneObject(3, 0, 0), (row, p) -> ofEach(row, false)),
        new StripType("fill-gaps", 10, d -> d.objects(4, d.objectColor()), StripShapes::bridged),
        new StripType("fill-all", 8, d -> d.colorfulObjects(4), StripShapes::onBackground),
        new StripType("keep-first", 10, d -> d.colorfulObjects(4), (row, p) -> only(row, true)),
        new StripType("keep-last", 10, d -> d.colorfulObjects(4), (row, p) -> only(row, false)),
        new StripType("double", 8, d -> d.oneObject(1, 0, d.width() / 2), (row, p) -> doubled(row)),
        new StripType("continue", 12, StripShapes::beginning, (row, p) -> continued(row)));
  }

  /** Two cells of one colour with at least one free cell between them. */
  private static int[] ends(StripDraw d, int within) {
    int[] row = new int[d.width()];
    int from = d.rng().nextInt(within - 2);
    int to = d.rng().between(from + 2, within - 1);
    int color = d.objectColor();
    row[from] = color;
    row[to] = color;
    return row;
  }

  private static int[] threeTimes(StripDraw d) {
    int unit = d.width() / 3;
    int[] row = ends(d, unit);
    for (int i = unit; i < 3 * unit; i++) {
      row[i] = row[i - unit];
    }
    return row;
  }

  /** Fills between the first and second cell, the third and fourth, and so on. */
  private static int[] filled(int[] row) {
    int[] out = row.clone();
    List<Segment> cells = Segment.runs(row);
    for (int i = 0; i + 1 < cells.size(); i += 2) {
      new Segment(cells.get(i).from(), cells.get(i + 1).to(), 0).paint(out, cells.get(i).color());
    }
    return out;
  }

  private static int[] hollow(int[] row) {
    int[] out = row.clone();
    for (Segment object : Segment.objects(row)) {
      new Segment(object.from() + 1, object.to() - 1, 0).paint(out, 0);
    }
    return out;
  }

  private static int[] headed(StripDraw d) {
    int[] row = d.oneObject(3, 0, 0);
    Segment object = Segment.objects(row).get(0);
    row[object.from()] = d.objectColor();
    return row;
  }

  private static int[] flipped(int[] row) {
    int[] out = row.clone();
    for (Segment object : Segment.objects(row)) {
      for (int i = object.from(); i < object.to(); i++) {
        out[i] = row[object.from() + object.to() - 1 - i];
      }
    }
    return out;
  }

  /** The first object is copied to each single cell, around it and in its colour. */
  private static StripType copies(String name, boolean oneColor) {
    return new StripType(name, 10, d -> patternAndSeeds(d, oneColor), (row, p) -> copied(row));
  }

  private static int[] patternAndSeeds(StripDraw d, boolean oneColor) {
    Rng rng = d.rng();
    int[] row = new int[d.width()];
    int half = d.width() >= 20 && rng.nextInt(4) == 0 ? 2 : 1;
    int from = rng.nextInt(3);
    int color = d.objectColor();
    int end = from + 2 * half + 1;
    new Segment(from, end, 0).paint(row, color);
    int seeds = rng.between(1, 4);
    for (int i = 0; i < seeds; i++) {
      int at = end + half + 1 + rng.nextInt(3);
      if (at + half < d.width()) {
        row[at] = oneColor ? color : d.objectColor();
      }
      end = at + half + 1;
    }
    return row;
  }

  private static int[] copied(int[] row) {
    int[] out = row.clone();
    List<Segment> objects = Segment.objects(row);
    int half = objects.get(0).length() / 2;
    for (Segment seed : objects.subList(1, objects.size())) {
      new Segment(seed.middle() - half, seed.middle() + half + 1, 0).paint(out, seed.color());
    }
    return out;
  }

  private static int[] resized(int[] row, int left, int right) {
    int[] out = new int[row.length];
    for (Segment run : Segment.runs(row)) {
      new Segment(run.from() - left, run.to() + right, 0).paint(out, run.color());
    }
    return out;
  }

  private static int[] ofEach(int[] row, boolean head) {
    int[] out = new int[row.length];
    for (Segment object : Segment.objects(row)) {
      out[head ? object.from() : object.to() - 1] = object.color();
    }
    return out;
  }

  private static int[] bridged(int[] row, Palette palette) {
    int[] out = row.clone();
    List<Segment> objects = new ArrayList<>(Segment.objects(row));
    for (int i = 0; i + 1 < objects.size(); i++) {
      new Segment(objects.get(i).to(), objects.get(i + 1).from(), 0)
          .paint(out, palette.color(Role.PAINT));
    }
    return out;
  }

  private static int[] onBackground(int[] row, Palette palette) {
    int[] out = row.clone();
    for (int i = 0; i < row.length; i++) {
      out[i] = row[i] == 0 ? palette.color(Role.PAINT) : row[i];
    }
    return out;
  }

  private static int[] only(int[] row, boolean first) {
    List<Segment> objects = Segment.objects(row);
    Segment kept = objects.get(first ? 0 : objects.size() - 1);
    int[] out = new int[row.length];
    kept.paint(out, kept.color());
    return out;
  }

  /** A second copy right after the object. */
  private static int[] doubled(int[] row) {
    int[] out = row.clone();
    Segment object = Segment.runs(row).get(0);
    object.moved(object.length()).paint(out, object.color());
    return out;
  }

  /** The first two to three periods of a pattern, then background. */
  private static int[] beginning(StripDraw d) {
    int[] row = new int[d.width()];
    int period = d.rng().between(2, d.width() >= 18 ? 4 : 3);
    for (int i = 0; i < 2 * period; i++) {
      row[i] = i < period ? d.objectColor() : row[i - period];
    }
    return row;
  }

  private static int[] continued(int[] row) {
    int[] out = row.clone();
    int period = Segment.objects(row).get(0).length() / 2;
    for (int i = 2 * period; i < row.length; i++) {
      out[i] = out[i - period];
    }
    return out;
  }
}
