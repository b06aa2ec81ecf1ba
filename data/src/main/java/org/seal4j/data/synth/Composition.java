package org.seal4j.data.synth;

import org.seal4j.data.arc.Grid;

/**
 * One rule after the other. An input shows it only if both parts act: neither part alone gives the
 * same output.
 */
record Composition(Rule first, Rule second) implements Rule {

  @Override
  public Grid apply(Grid input, Palette palette) {
    return second.apply(first.apply(input, palette), palette);
  }

  @Override
  public boolean shownBy(Grid input, Palette palette) {
    if (!first.shownBy(input, palette)) {
      return false;
    }
    Grid middle = first.apply(input, palette);
    Grid output = second.apply(middle, palette);
    return !output.equals(middle)
        && !output.equals(input)
        && !output.equals(second.apply(input, palette));
  }
}
