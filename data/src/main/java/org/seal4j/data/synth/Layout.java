package org.seal4j.data.synth;

import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;

/**
 * The sizes of input grids, uniform in these ranges.
 *
 * @param minHeight fewest rows, in cells
 * @param maxHeight most rows, in cells
 * @param minWidth fewest columns, in cells
 * @param maxWidth most columns, in cells
 * @param oneSize whether all pairs of a task have the same size; else each pair has its own
 */
public record Layout(int minHeight, int maxHeight, int minWidth, int maxWidth, boolean oneSize) {
  private static final int TALLEST = 30;

  /** As wide as the widest row of 1D-ARC, rounded up. */
  private static final int WIDEST = 100;

  public Layout {
    requireRange("heights", minHeight, maxHeight, TALLEST);
    requireRange("widths", minWidth, maxWidth, WIDEST);
  }

  private static void requireRange(String what, int min, int max, int most) {
    if (min < 1 || min > max || max > most) {
      throw Checks.refuse(
          "layout %s must be 1 <= min <= max <= %d but were %d to %d", what, most, min, max);
    }
  }

  /** Square grids of one size. */
  public static Layout square(int side) {
    return new Layout(side, side, side, side, true);
  }

  /** Rectangles whose sides are drawn for each pair. */
  public static Layout sides(int min, int max) {
    return new Layout(min, max, min, max, false);
  }

  /** Single rows; all rows of a task are equally wide, as in 1D-ARC. */
  public static Layout row(int minWidth, int maxWidth) {
    return new Layout(1, 1, minWidth, maxWidth, true);
  }

  /** What one task uses: this layout, or one size out of it. */
  Layout forTask(Rng rng) {
    if (!oneSize) {
      return this;
    }
    int height = rng.between(minHeight, maxHeight);
    int width = rng.between(minWidth, maxWidth);
    return new Layout(height, height, width, width, true);
  }

  /** An input of one of these sizes. */
  Grid sample(Rng rng, Palette palette, InputSampler inputs) {
    int height = rng.between(minHeight, maxHeight);
    return inputs.sample(rng, palette, height, rng.between(minWidth, maxWidth));
  }

  /** Part of the key by which pretrained models lie in the cache: these words never change. */
  public String cacheKey() {
    return "Layout[minHeight=%s, maxHeight=%s, minWidth=%s, maxWidth=%s, oneSize=%s]"
        .formatted(minHeight, maxHeight, minWidth, maxWidth, oneSize);
  }
}
