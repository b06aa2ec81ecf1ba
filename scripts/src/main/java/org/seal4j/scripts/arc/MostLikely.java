package org.seal4j.scripts.arc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.generate.Sampling;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.Sample;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.experiment.ConditionedLoop;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.GridContext;
import org.seal4j.rl.grid.GridDomain;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.inner.SharedModel;

/**
 * The self-edit of each held-out task that the policy finds most likely after the last round, which
 * is what {@code seal solve} takes: without the spread of its sampling.
 */
final class MostLikely {
  static final String PHASE = "most-likely";

  /** Samples that are tried where a task cannot afford the most likely one. */
  private static final int DRAWS = 1000;

  private final GridDomain domain;
  private final SharedModel model;
  private final Sampling sampling;
  private final Seeds seeds;

  /**
   * @param domain how self-edits are written, by a grammar
   * @param model the policy
   * @param sampling of what is taken where a task cannot afford the most likely self-edit
   */
  MostLikely(GridDomain domain, SharedModel model, Sampling sampling, Seeds seeds) {
    this.domain = domain;
    this.model = model;
    this.sampling = sampling;
    this.seeds = seeds;
  }

  /** What the table calls it. */
  static String label(Phases phases) {
    return phases.lastLabel() + ", most likely";
  }

  /**
   * Evaluates it.
   *
   * @param trainings of each
   */
  Phases evaluate(
      ConditionedLoop<GridContext, FewShotEdit> loop,
      Phases phases,
      List<GridContext> heldOut,
      int trainings) {
    Map<String, FewShotEdit> edits = edits(heldOut);
    String label = label(phases);
    return phases.withCondition(
        phases.lastLabel(),
        label,
        PHASE,
        loop.condition(
            label,
            PHASE,
            EditSource.given(
                (context, index, rng) ->
                    Checks.present(edits.get(context.id()), "%s has no edit", context.id())),
            trainings));
  }

  private Map<String, FewShotEdit> edits(List<GridContext> contexts) {
    Map<String, FewShotEdit> edits = new HashMap<>();
    List<GridContext> left = contexts;
    for (int draw = 0; draw <= DRAWS && !left.isEmpty(); draw++) {
      int number = draw;
      List<Sample> samples =
          new ModelPolicy<>(model, domain, draw == 0 ? Sampling.mostLikely() : sampling)
              .sample(
                  left.stream()
                      .map(
                          context ->
                              new SampleRequest<>(
                                  context, 0, seeds.child("most likely", context.id(), number)))
                      .toList());
      for (int i = 0; i < left.size(); i++) {
        if (domain.format().read(left.get(i), samples.get(i).raw())
            instanceof ParsedEdit.Valid<FewShotEdit> valid) {
          edits.put(left.get(i).id(), valid.edit());
        }
      }
      left = left.stream().filter(context -> !edits.containsKey(context.id())).toList();
    }
    Checks.require(
        left.isEmpty(),
        "%d tasks can afford none of %d self-edits of the policy; raise trainingSet.maxSteps",
        left.size(),
        DRAWS);
    return edits;
  }
}
