package org.seal4j.data.synth;

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

  /** A row of one object of at least {@code min} cells with free cells around it. */
  int[] oneObject(int min, int left, int right) {
    int[] row = new int[width];
    Segment object = object(min, left, right);
    object.paint(row, object.color());
    return row;
  }

  /** A row of one object of at most {@code max} cells with free cells around it. */
  int[] shortObject(int max, int left, int right) {
    int[] row = new int[width];
    int length = rng.between(1, Math.min(max, width - left - right));
    int from = rng.between(left, width - right - length);
    new Segment(from, from + length, 0).paint(row, objectColor());
    return row;
  }

  /** An object and a marker to the right of it with {@code gapMin} to {@code gapMax} free cells. */
  int[] objectAndMarker(int gapMin, int gapMax) {
    int[] row = new int[width];
    Segment object = object(2, 0, gapMin + 1);
    object.paint(row, object.color());
    int farthest = Math.min(width - 1, object.to() + gapMax);
    row[rng.between(object.to() + gapMin, farthest)] = marker();
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
}
