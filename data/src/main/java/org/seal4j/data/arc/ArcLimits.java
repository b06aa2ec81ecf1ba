package org.seal4j.data.arc;

import org.seal4j.data.check.Checks;

/**
 * The largest grids a reader accepts.
 *
 * @param maxSide most rows and columns of a grid
 * @param maxRow most columns of a grid of one row, as in 1D-ARC; at least {@code maxSide}
 */
public record ArcLimits(int maxSide, int maxRow) {
  public ArcLimits {
    Checks.require(
        maxSide >= 1 && maxRow >= maxSide,
        "grid limits need 1 <= maxSide <= maxRow but got %d and %d",
        maxSide,
        maxRow);
  }

  /** ARC's own 30 x 30, and rows of up to 128 cells for one-dimensional tasks. */
  public static ArcLimits defaults() {
    return new ArcLimits(30, 128);
  }

  int maxWidth(int height) {
    return height == 1 ? maxRow : maxSide;
  }
}
