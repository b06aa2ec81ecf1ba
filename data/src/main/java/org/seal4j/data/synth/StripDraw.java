package org.seal4j.data.synth;

import java.util.Arrays;
import org.seal4j.data.seed.Rng;

/**
 * Draws rows of one task. The marker of a task has the colour of {@link Role#PAINT}; objects have
 * any other colour, or {@link Role#FROM} where the rule is about new colours.
 */
record StripDraw(Rng rng, Palette palette, int width) {

  int marker() {
    return palette.color(Role.PAINT);
  }

  /** A random colour that is not the marker's. */
  int objectColor() {
    int place = rng.nextInt(Palette.SIZE - 1);
    return palette.at(place < Role.PAINT.place() ? place : place + 1);
  }

  /** One object of at least {@code min} cells with free cells on its left and right. */
  Segment object(int min, int left, int right) {
    int length = rng.between(min, Math.max(min, width - left - right));
    int from = rng.between(left, Math.max(left, width - right - length));
    return new Segment(from, from + length, objectColor());
  }

  /** A row of this stretch. */
  private int[] row(Segment object) {
    int[] row = new int[width];
    object.paint(row);
    return row;
  }

  /** A row of one object of at least {@code min} cells with free cells around it. */
  int[] oneObject(int min, int left, int right) {
    return row(object(min, left, right));
  }

  /** A row of one object of at most {@code max} cells with free cells around it. */
  int[] shortObject(int max, int left, int right) {
    int length = rng.between(1, Math.min(max, width - left - right));
    int from = rng.between(left, width - right - length);
    return row(new Segment(from, from + length, objectColor()));
  }

  /** An object and a marker to the right of it with {@code gapMin} to {@code gapMax} free cells. */
  int[] objectAndMarker(int gapMin, int gapMax) {
    Segment object = object(2, 0, gapMin + 1);
    int[] row = row(object);
    int farthest = Math.min(width - 1, object.to() + gapMax);
    row[rng.between(object.to() + gapMin, farthest)] = marker();
    return row;
  }

  /** An object and a marker to the right of it, with room for the object on the other side. */
  int[] reflectable() {
    int reach = rng.between(2, (width - 1) / 2);
    int gap = rng.between(1, Math.min(4, reach - 1));
    int from = rng.nextInt(width - 2 * reach);
    int[] row = row(new Segment(from, from + reach - gap, objectColor()));
    row[from + reach] = marker();
    return row;
  }

  /** Objects of one to {@code maxLength} cells with gaps, all of one colour. */
  int[] objects(int maxLength, int color) {
    int[] row = new int[width];
    for (int at = rng.nextInt(3); at < width; ) {
      Segment object = new Segment(at, at + rng.between(1, maxLength), color);
      if (object.to() <= width) {
        object.paint(row, color);
      }
      at = object.to() + rng.between(1, 3);
    }
    return row;
  }

  /** The same, each object with a colour of its own. */
  int[] colorfulObjects(int maxLength) {
    int[] row = objects(maxLength, 1);
    for (Segment object : Segment.objects(row)) {
      object.paint(row, objectColor());
    }
    return row;
  }

  /** Objects with free cells on the right. */
  int[] leftmost() {
    int free = rng.between(1, width / 2);
    return Arrays.copyOf(new StripDraw(rng, palette, width - free).colorfulObjects(4), width);
  }

  /** Two objects of different colours. */
  int[] twoObjects() {
    int cut = rng.between(3, width - 3);
    int from = rng.nextInt(cut - 1);
    int to = rng.between(cut + 1, width - 1);
    int[] row = row(new Segment(from, rng.between(from + 1, cut - 1), objectColor()));
    new Segment(to, rng.between(to + 1, width), objectColor()).paint(row);
    return row;
  }

  /** Two cells of one colour with at least one free cell between them. */
  int[] ends(int within) {
    int from = rng.nextInt(within - 2);
    int to = rng.between(from + 2, within - 1);
    int[] row = row(new Segment(from, from + 1, objectColor()));
    row[to] = row[from];
    return row;
  }

  /** The same three times, side by side. */
  int[] endsThreeTimes() {
    int unit = width / 3;
    int[] row = ends(unit);
    System.arraycopy(row, 0, row, unit, unit);
    System.arraycopy(row, 0, row, 2 * unit, unit);
    return row;
  }

  /** An object whose first cell has a colour of its own. */
  int[] headed() {
    int[] row = oneObject(3, 0, 0);
    row[Segment.objects(row).get(0).from()] = objectColor();
    return row;
  }

  /** An object of an odd length and single cells with room for it around them. */
  int[] patternAndSeeds(boolean oneColor) {
    int half = width >= 20 && rng.nextInt(4) == 0 ? 2 : 1;
    int from = rng.nextInt(3);
    int end = from + 2 * half + 1;
    int[] row = row(new Segment(from, end, objectColor()));
    int seeds = rng.between(1, 4);
    for (int i = 0; i < seeds; i++) {
      int at = end + half + 1 + rng.nextInt(3);
      if (at + half < width) {
        row[at] = oneColor ? row[from] : objectColor();
      }
      end = at + half + 1;
    }
    return row;
  }

  /** The first two to three periods of a pattern, then background. */
  int[] beginning() {
    int[] row = new int[width];
    int period = rng.between(2, width >= 18 ? 4 : 3);
    for (int i = 0; i < 2 * period; i++) {
      row[i] = i < period ? objectColor() : row[i - period];
    }
    return row;
  }

  /** A large object and single cells of its colour that touch nothing. */
  int[] specks() {
    int length = rng.between(width / 3, width / 2);
    int from = rng.nextInt(width - length + 1);
    int[] row = row(new Segment(from, from + length, objectColor()));
    int color = row[from];
    for (int i = 0; i < width; i++) {
      boolean leftFree = i == 0 || row[i - 1] == 0;
      boolean rightFree = i == width - 1 || row[i + 1] == 0;
      if (row[i] == 0 && leftFree && rightFree && rng.nextInt(3) == 0) {
        row[i] = color;
      }
    }
    return row;
  }

  /** An object with one to three cells of other colours in it. */
  int[] stains() {
    int[] row = oneObject(5, 0, 1);
    Segment object = Segment.objects(row).get(0);
    int count = rng.between(1, Math.min(3, (object.length() - 1) / 2));
    for (int i = 0; i < count; i++) {
      row[rng.between(object.from() + 1, object.to() - 2)] = objectColor();
    }
    return row;
  }
}
