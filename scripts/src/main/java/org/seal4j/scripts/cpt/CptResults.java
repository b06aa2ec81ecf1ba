package org.seal4j.scripts.cpt;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Comparison;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Proportion;
import org.seal4j.eval.stats.TaskBootstrap;

/** The table of a run: intervals over passages, differences paired by passage. */
final class CptResults {
  private final Seeds seeds;
  private final List<String> passages;

  /**
   * @param seeds of the bootstrap
   * @param passages ids in order
   */
  CptResults(Seeds seeds, List<String> passages) {
    this.seeds = seeds;
    this.passages = List.copyOf(passages);
  }

  Results of(List<Fit> fits) {
    List<Condition> conditions = new ArrayList<>();
    for (Fit fit : fits) {
      Estimate mean =
          new TaskBootstrap(seeds.child("bootstrap", fit.label())).mean(fit.outcomes(passages));
      conditions.add(new Condition(fit.label(), mean.value(), passages.size(), mean.interval()));
    }
    for (Fit fit : fits) {
      int n = fit.priorKnowledge().answers().size();
      int right = (int) Math.round(fit.priorKnowledge().reward() * n);
      conditions.add(Condition.of(fit.label() + ": prior knowledge", new Proportion(right, n)));
    }
    return new Results(
        "questions answered without the passages, all passages in one model",
        conditions,
        comparisons(fits));
  }

  private List<Comparison> comparisons(List<Fit> fits) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Method method : Method.values()) {
      Fit only = fit(fits, method, Texts.PASSAGES);
      Fit edits = fit(fits, method, Texts.SELF_EDITS);
      comparisons.add(comparison(edits, only));
      comparisons.add(comparison(fit(fits, method, Texts.TEACHER), edits));
    }
    for (Texts texts : Texts.values()) {
      comparisons.add(comparison(fit(fits, Method.FULL, texts), fit(fits, Method.LORA, texts)));
    }
    return comparisons;
  }

  private static Fit fit(List<Fit> fits, Method method, Texts texts) {
    Fit.Arm arm = new Fit.Arm(method, texts);
    return fits.stream()
        .filter(fit -> fit.arm().filter(arm::equals).isPresent())
        .findFirst()
        .orElseThrow();
  }

  private Comparison comparison(Fit after, Fit before) {
    Estimate difference =
        new TaskBootstrap(seeds.child("bootstrap", after.label() + " - " + before.label()))
            .difference(after.outcomes(passages), before.outcomes(passages));
    return new Comparison(after.label(), before.label(), difference, "passage");
  }
}
