package org.seal4j.data.synth;

import java.util.Arrays;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.Checks;

/**
 * A kind of one-row task: a rule on rows and a sampler of rows that suit it.
 *
 * @param name the folder of 1D-ARC whose rule this is, or a name of our own
 * @param minWidth the narrowest row that leaves room for the rule
 * @param blank whether the rule draws its output on background; else it changes a copy of the row
 */
record StripType(String name, int minWidth, RowSampler sampler, boolean blank, RowRule rule) {

  /** Draws a row's output. */
  @FunctionalInterface
  interface RowRule {
    void apply(int[] row, int[] out, Palette palette);
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
        true,
        (row, out, palette) -> {
          int[] seen = reversed(output(reversed(row), palette));
          System.arraycopy(seen, 0, out, 0, seen.length);
        });
  }

  /** The family of this type; rows are at least {@code minWidth} wide. */
  Family family(Layout layout) {
    return family(name, minWidth, task(), layout);
  }

  /** The family of this rule followed by another, on rows that suit this one. */
  Family then(StripType next, Layout layout) {
    return family(
        name + "+" + next.name,
        Math.max(minWidth, next.minWidth),
        new Composition(task(), next.task()),
        layout);
  }

  private Family family(String shown, int narrowest, Rule whole, Layout layout) {
    if (layout.maxHeight() != 1 || layout.maxWidth() < narrowest) {
      throw Checks.refuse(
          "family %s needs one row that may be %d cells wide, but inputs are %d to %d cells high and"
              + " %d to %d wide",
          shown,
          narrowest,
          layout.minHeight(),
          layout.maxHeight(),
          layout.minWidth(),
          layout.maxWidth());
    }
    return new Family(
        shown,
        whole,
        (rng, palette, height, width) -> row(sampler.draw(new StripDraw(rng, palette, width))),
        Layout.row(Math.max(layout.minWidth(), narrowest), layout.maxWidth()));
  }

  private Rule task() {
    return (in, palette) -> row(output(in.rows()[0], palette));
  }

  /** A row without objects stays as it is; rules may rely on one object. */
  private int[] output(int[] row, Palette palette) {
    if (Segment.objects(row).isEmpty()) {
      return row;
    }
    int[] out = blank ? new int[row.length] : row.clone();
    rule.apply(row, out, palette);
    return out;
  }

  private static Grid row(int[] cells) {
    return Grid.of(new int[][] {cells});
  }

  private static int[] reversed(int[] row) {
    int[] out = new int[row.length];
    Arrays.setAll(out, i -> row[row.length - 1 - i]);
    return out;
  }
}
