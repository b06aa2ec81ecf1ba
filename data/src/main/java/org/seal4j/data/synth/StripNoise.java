package org.seal4j.data.synth;

import java.util.List;

/** One-row tasks about what is large and what is noise. */
final class StripNoise {

  private StripNoise() {}

  /** The types of 1D-ARC. */
  static List<StripType> arc() {
    return List.of(
        new StripType("1d_denoising_1c", 10, StripNoise::specks, (row, p) -> largest(row)),
        new StripType("1d_denoising_mc", 8, StripNoise::stains, (row, p) -> cleaned(row)));
  }

  /** What 1D-ARC leaves out. */
  static List<StripType> beyond() {
    return List.of(
        new StripType("drop-largest", 12, StripNoise::specks, (row, p) -> withoutLargest(row)));
  }

  /** A large object and single cells of its colour that touch nothing. */
  private static int[] specks(StripDraw d) {
    int length = d.rng().between(d.width() / 3, d.width() / 2);
    int from = d.rng().nextInt(d.width() - length + 1);
    int color = d.objectColor();
    int[] row = new int[d.width()];
    new Segment(from, from + length, 0).paint(row, color);
    for (int i = 0; i < d.width(); i++) {
      boolean leftFree = i == 0 || row[i - 1] == 0;
      boolean rightFree = i == d.width() - 1 || row[i + 1] == 0;
      if (row[i] == 0 && leftFree && rightFree && d.rng().nextInt(3) == 0) {
        row[i] = color;
      }
    }
    return row;
  }

  private static Segment longest(int[] row) {
    Segment best = new Segment(0, 0, 0);
    for (Segment run : Segment.runs(row)) {
      best = run.length() > best.length() ? run : best;
    }
    return best;
  }

  private static int[] largest(int[] row) {
    int[] out = new int[row.length];
    longest(row).paint(out, longest(row).color());
    return out;
  }

  private static int[] withoutLargest(int[] row) {
    int[] out = row.clone();
    longest(row).paint(out, 0);
    return out;
  }

  /** An object with one to three cells of other colours in it. */
  private static int[] stains(StripDraw d) {
    int[] row = d.oneObject(5, 0, 1);
    Segment object = Segment.objects(row).get(0);
    int count = d.rng().between(1, Math.min(3, (object.length() - 1) / 2));
    for (int i = 0; i < count; i++) {
      row[d.rng().between(object.from() + 1, object.to() - 2)] = d.objectColor();
    }
    return row;
  }

  /** Each object takes its most frequent colour. */
  private static int[] cleaned(int[] row) {
    int[] out = row.clone();
    for (Segment object : Segment.objects(row)) {
      int best = object.color();
      for (int i = object.from(); i < object.to(); i++) {
        best = count(row, object, row[i]) > count(row, object, best) ? row[i] : best;
      }
      object.paint(out, best);
    }
    return out;
  }

  private static int count(int[] row, Segment within, int color) {
    int count = 0;
    for (int i = within.from(); i < within.to(); i++) {
      count += row[i] == color ? 1 : 0;
    }
    return count;
  }
}
