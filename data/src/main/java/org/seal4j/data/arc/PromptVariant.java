package org.seal4j.data.arc;

import java.util.List;

/**
 * One way to ask for the output of a test grid.
 *
 * @param demonstrations worked pairs, in the order of the prompt
 * @param query the input whose output is asked for
 * @param category name of the transform that was applied to all of these grids, {@code identity}
 *     for none; answers of one category vote together
 * @param inverse what turns an answer back, see {@link #restore}
 */
public record PromptVariant(
    List<GridPair> demonstrations, Grid query, String category, Augmenter inverse) {
  public PromptVariant {
    demonstrations = List.copyOf(demonstrations);
  }

  /** An answer to this variant as an answer to the task. */
  public Grid restore(Grid answer) {
    return inverse.apply(answer);
  }
}
