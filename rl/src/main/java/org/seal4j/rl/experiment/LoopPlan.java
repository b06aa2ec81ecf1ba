package org.seal4j.rl.experiment;

import java.util.List;
import java.util.stream.IntStream;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.Context;

/**
 * Which contexts a loop uses for what; the held-out ones are in no round.
 *
 * @param rounds the training contexts of each round
 * @param heldOut the contexts of all evaluations
 * @param editsPerContext self-edits per held-out context and condition
 */
public record LoopPlan<C extends Context>(
    List<List<C>> rounds, List<C> heldOut, int editsPerContext) {
  public LoopPlan {
    rounds = rounds.stream().map(List::copyOf).toList();
    heldOut = List.copyOf(heldOut);
    Checks.require(
        rounds.stream().noneMatch(List::isEmpty) && !heldOut.isEmpty(),
        "there are too few contexts: %d for the loop, %d to evaluate",
        rounds.stream().mapToInt(List::size).sum(),
        heldOut.size());
  }

  /** The first contexts as rounds of so many each; there must be enough. */
  public static <C extends Context> List<List<C>> rounds(List<C> contexts, int count, int each) {
    return IntStream.range(0, count)
        .mapToObj(round -> List.copyOf(contexts.subList(round * each, (round + 1) * each)))
        .toList();
  }

  /** The contexts of a round, from 1. */
  public List<C> round(int number) {
    return rounds.get(number - 1);
  }
}
