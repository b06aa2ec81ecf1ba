package org.seal4j.data.synth;

import org.seal4j.data.arc.Grid;

/**
 * Keeps or removes the most or the least frequent colour. Inputs in which that colour is not unique
 * do not show the rule; there the smaller number wins.
 */
record CountRule(boolean most, boolean remove) implements Rule {

  @Override
  public Grid apply(Grid input, Palette palette) {
    int chosen = chosen(counts(input));
    return Grid.generate(
        input.height(),
        input.width(),
        (r, c) -> (input.at(r, c) == chosen) == remove ? 0 : input.at(r, c));
  }

  @Override
  public boolean shownBy(Grid input, Palette palette) {
    int[] counts = counts(input);
    int best = counts[chosen(counts)];
    int ties = 0;
    int colors = 0;
    for (int color = 1; color < Grid.COLORS; color++) {
      ties += counts[color] == best ? 1 : 0;
      colors += counts[color] > 0 ? 1 : 0;
    }
    return ties == 1 && colors >= 2;
  }

  private int chosen(int[] counts) {
    int chosen = 0;
    for (int color = 1; color < Grid.COLORS; color++) {
      boolean better = most ? counts[color] > counts[chosen] : counts[color] < counts[chosen];
      if (counts[color] > 0 && (chosen == 0 || better)) {
        chosen = color;
      }
    }
    return chosen;
  }

  /** Cells per colour; the background counts as none. */
  private static int[] counts(Grid input) {
    int[] counts = new int[Grid.COLORS];
    for (int r = 0; r < input.height(); r++) {
      for (int c = 0; c < input.width(); c++) {
        counts[input.at(r, c)]++;
      }
    }
    counts[0] = 0;
    return counts;
  }
}
