package org.seal4j.data.synth;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;

/**
 * Inputs of independent cells: background, or a colour.
 *
 * @param density probability that a cell is not background
 * @param colors how many different colours an input may hold, 1 to 9; few colours make counting
 *     rules possible
 * @param focus colours the rule looks for; a coloured cell takes one of them with probability 0.5
 */
record CellNoise(double density, int colors, List<Role> focus) implements InputSampler {
  private static final double FOCUS = 0.5;
  private static final int TRIES = 20;

  CellNoise {
    Checks.require(
        density > 0 && density <= 1, "input density must be in (0, 1] but was %s", density);
    Checks.require(
        colors >= 1 && colors <= Palette.SIZE, "input colours must be 1 to 9 but were %d", colors);
    focus = List.copyOf(focus);
  }

  /** All nine colours, none of them special. */
  static CellNoise of(double density) {
    return new CellNoise(density, Palette.SIZE, List.of());
  }

  /** The same with colours the rule looks for. */
  CellNoise withFocus(Role... roles) {
    return new CellNoise(density, colors, List.of(roles));
  }

  /** The same with at most so many colours in an input. */
  CellNoise withColors(int count) {
    return new CellNoise(density, count, focus);
  }

  /** Inputs that suit two rules one after the other. */
  CellNoise and(CellNoise other) {
    Set<Role> both = new LinkedHashSet<>(focus);
    both.addAll(other.focus);
    return new CellNoise(
        Math.min(density, other.density), Math.min(colors, other.colors), List.copyOf(both));
  }

  /** Draws again, a few times, while the grid holds less than two colours and so says little. */
  @Override
  public Grid sample(Rng rng, Palette palette, int height, int width) {
    Grid grid = cells(rng, palette, height, width);
    for (int i = 1; i < TRIES && colorsIn(grid) < 2; i++) {
      grid = cells(rng, palette, height, width);
    }
    return grid;
  }

  private static long colorsIn(Grid grid) {
    return Arrays.stream(grid.counts()).skip(1).filter(count -> count > 0).count();
  }

  private Grid cells(Rng rng, Palette palette, int height, int width) {
    int[] order = rng.permutation(Palette.SIZE);
    return Grid.generate(
        height,
        width,
        (r, c) -> {
          if (rng.nextDouble() >= density) {
            return 0;
          }
          boolean focused = !focus.isEmpty() && rng.nextDouble() < FOCUS;
          return focused ? palette.color(rng.pick(focus)) : palette.at(order[rng.nextInt(colors)]);
        });
  }
}
