package org.seal4j.data.synth;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;

/**
 * The colours of one task: a permutation of 1 to 9, drawn once and shared by all pairs of the task.
 * It is the only parameter of a rule, so two rules under the same palette use the same colour for
 * the same {@link Role}.
 */
public final class Palette {
  /** Number of colours that are not background. */
  static final int SIZE = Grid.COLORS - 1;

  private static final int[] ALL = IntStream.range(1, Grid.COLORS).toArray();

  private final int[] colors;

  private Palette(int[] colors) {
    this.colors = colors;
  }

  /** The palette with this order of the colours 1 to 9. */
  public static Palette of(int... colors) {
    Checks.require(
        Arrays.equals(IntStream.of(colors).sorted().toArray(), ALL),
        "a palette is a permutation of the colours 1 to 9 but was %s",
        Arrays.toString(colors));
    return new Palette(colors.clone());
  }

  /** A uniform random palette. */
  public static Palette draw(Rng rng) {
    return new Palette(IntStream.of(rng.permutation(SIZE)).map(color -> color + 1).toArray());
  }

  /** The colour with this role. */
  public int color(Role role) {
    return colors[role.place()];
  }

  /** The colour at this place, 0 to 8; the first places belong to the roles. */
  int at(int place) {
    return colors[place];
  }

  @Override
  public String toString() {
    return Arrays.toString(colors);
  }
}
