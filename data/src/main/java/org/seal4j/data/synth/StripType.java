package org.seal4j.data.synth;

import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.Checks;

/**
 * A kind of one-row task: a rule on rows and a sampler of rows that suit it.
 *
 * @param name the folder of 1D-ARC whose rule this is, or a name of our own
 * @param minWidth the narrowest row that leaves room for the rule
 */
record StripType(String name, int minWidth, RowSampler sampler, RowRule rule) {

  /** A row's output, a fresh array. */
  @FunctionalInterface
  interface RowRule {
    int[] apply(int[] row, Palette palette);
  }

  /** A fresh row. */
  @FunctionalInterface
  interface RowSampler {
    int[] draw(StripDraw draw);
  }

  /** The same seen in a mirror: right becomes left. */
  StripType mirrored(String mirroredName) {
    return new StripType(
        mirroredName,
        minWidth,
        draw -> reversed(sampler.draw(draw)),
        (row, palette) -> reversed(rule.apply(reversed(row), palette)));
  }

  /** The family of this type; rows are at least {@code minWidth} wide. */
  Family family(Layout layout) {
    Checks.require(
        layout.maxHeight() == 1 && layout.maxWidth() >= minWidth,
        "family %s needs layouts of one row that may be %d cells wide but got %s",
        name,
        minWidth,
        layout);
    Layout wide = Layout.row(Math.max(layout.minWidth(), minWidth), layout.maxWidth());
    Rule onGrids = (in, palette) -> row(output(in.rows()[0], palette));
    return new Family(
        name,
        onGrids,
        (rng, palette, height, width) -> row(sampler.draw(new StripDraw(rng, palette, width))),
        wide);
  }

  /** A row without objects stays as it is; rules may rely on one object. */
  private int[] output(int[] row, Palette palette) {
    return Segment.objects(row).isEmpty() ? row : rule.apply(row, palette);
  }

  private static Grid row(int[] cells) {
    return Grid.of(new int[][] {cells});
  }

  static int[] reversed(int[] row) {
    int[] out = new int[row.length];
    for (int i = 0; i < row.length; i++) {
      out[i] = row[row.length - 1 - i];
    }
    return out;
  }
}
