package org.seal4j.data.synth;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.seal4j.data.arc.Grid;

/**
 * Keeps or removes the most or the least frequent colour. Inputs in which that colour is not unique
 * do not show the rule; there the smaller number wins.
 */
record CountRule(boolean most, boolean remove) implements Rule {

  @Override
  public Grid apply(Grid input, Palette palette) {
    int chosen = chosen(input.counts());
    return input.map((r, c) -> (input.at(r, c) == chosen) == remove ? 0 : input.at(r, c));
  }

  @Override
  public boolean shownBy(Grid input, Palette palette) {
    int[] counts = input.counts();
    int best = counts[chosen(counts)];
    return present(counts).count() >= 2
        && present(counts).filter(color -> counts[color] == best).count() == 1;
  }

  private int chosen(int[] counts) {
    Comparator<Integer> byCount = Comparator.comparingInt(color -> counts[color]);
    return present(counts).boxed().max(most ? byCount : byCount.reversed()).orElse(0);
  }

  private static IntStream present(int[] counts) {
    return IntStream.range(1, counts.length).filter(color -> counts[color] > 0);
  }
}
