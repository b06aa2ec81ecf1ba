package org.seal4j.data.synth;

import org.seal4j.data.run.Checks;
import org.seal4j.data.run.Rng;

/**
 * The sizes of input grids. Each pair of a task has its own height and width, uniform in these
 * ranges.
 */
public record Layout(int minHeight, int maxHeight, int minWidth, int maxWidth) {
  private static final int LARGEST = 30;

  public Layout {
    Checks.require(
        1 <= minHeight && minHeight <= maxHeight && maxHeight <= LARGEST,
        "layout heights must be 1 <= min <= max <= 30 but were %d to %d",
        minHeight,
        maxHeight);
    Checks.require(
        1 <= minWidth && minWidth <= maxWidth,
        "layout widths must be 1 <= min <= max but were %d to %d",
        minWidth,
        maxWidth);
  }

  /** Square grids of one size. */
  public static Layout square(int side) {
    return new Layout(side, side, side, side);
  }

  /** Rectangles whose sides are drawn for each pair. */
  public static Layout sides(int min, int max) {
    return new Layout(min, max, min, max);
  }

  int height(Rng rng) {
    return rng.between(minHeight, maxHeight);
  }

  int width(Rng rng) {
    return rng.between(minWidth, maxWidth);
  }
}
