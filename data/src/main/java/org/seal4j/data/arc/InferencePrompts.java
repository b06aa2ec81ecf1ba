package org.seal4j.data.arc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/**
 * The prompts for one test grid: several views of the same task, whose answers are turned back and
 * vote (docs/seal.md §3.5). For each way to leave demonstrations out, the plain prompt and random
 * orders of it; then each of five rigid transforms of a randomly chosen one of these. No prompt
 * comes twice, and the order depends on the seed alone.
 *
 * @param config which prompts are asked
 * @param fits which of them the model can take, such as {@link GridSequences#fitsPrompt}
 */
public record InferencePrompts(InferencePromptsConfig config, Predicate<PromptVariant> fits) {
  private static final List<Augmenter> TRANSFORMS =
      List.of(
          Augmenters.TRANSPOSE,
          Augmenters.FLIP_VERTICAL,
          Augmenters.FLIP_HORIZONTAL,
          Augmenters.ROTATE_90,
          Augmenters.ROTATE_180);

  /** The prompts of the task's test input; its output is not read. */
  public List<PromptVariant> build(ArcTask task, Seeds seeds) {
    return build(task.demonstrations(), task.test().input(), seeds);
  }

  /**
   * The prompts, untransformed ones first. At least one demonstration always stays, whatever is to
   * be left out. Where no prompt fits, one demonstration more is left out, as in SEAL, until one
   * fits or a single demonstration is left.
   *
   * @return empty where even a prompt with a single demonstration does not fit
   */
  public List<PromptVariant> build(List<GridPair> demonstrations, Grid query, Seeds seeds) {
    Checks.require(!demonstrations.isEmpty(), "a prompt needs at least one demonstration");
    List<PromptVariant> found = distinct(demonstrations, query, config.leaveOut(), seeds);
    int deepest = Collections.max(config.leaveOut());
    while (found.isEmpty() && ++deepest < demonstrations.size()) {
      found = distinct(demonstrations, query, List.of(deepest), seeds);
    }
    return found;
  }

  /** Those that fit; of variants that show the same grids the first. */
  private List<PromptVariant> distinct(
      List<GridPair> demonstrations, Grid query, List<Integer> leaveOut, Seeds seeds) {
    Map<List<Object>, PromptVariant> found = new LinkedHashMap<>();
    leaveOut.stream()
        .flatMap(count -> variants(demonstrations, query, count, seeds).stream())
        .filter(fits)
        .forEach(one -> found.putIfAbsent(List.of(one.demonstrations(), one.query()), one));
    return List.copyOf(found.values());
  }

  private List<PromptVariant> variants(
      List<GridPair> demonstrations, Grid query, int leaveOut, Seeds seeds) {
    int count = Math.min(leaveOut, demonstrations.size() - 1);
    Rng rng = seeds.child("prompts", count).rng();
    Set<List<GridPair>> distinct = new LinkedHashSet<>();
    for (List<GridPair> kept : LeaveOut.subsets(demonstrations, count)) {
      distinct.add(kept);
      for (int i = 0; i < config.permutations(); i++) {
        distinct.add(Arrays.stream(rng.permutation(kept.size())).mapToObj(kept::get).toList());
      }
    }
    List<List<GridPair>> orders = List.copyOf(distinct);
    List<PromptVariant> variants = new ArrayList<>();
    orders.forEach(order -> variants.add(variant(order, query, Augmenters.IDENTITY)));
    if (config.geometric()) {
      for (Augmenter transform : TRANSFORMS) {
        variants.add(variant(rng.pick(orders), query, transform));
      }
    }
    return variants;
  }

  private static PromptVariant variant(
      List<GridPair> demonstrations, Grid query, Augmenter transform) {
    return new PromptVariant(
        transform.apply(demonstrations),
        transform.apply(query),
        transform.name(),
        transform.inverse().orElseThrow());
  }
}
