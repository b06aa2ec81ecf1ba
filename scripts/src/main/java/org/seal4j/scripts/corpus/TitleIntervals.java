package org.seal4j.scripts.corpus;

import java.util.List;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Comparison;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.TaskBootstrap;

/**
 * Rows of the table and differences between them, with intervals bootstrapped over titles.
 *
 * @param seeds of the run
 */
record TitleIntervals(Seeds seeds) {

  Condition condition(String label, List<Outcome> outcomes) {
    Estimate mean = bootstrap(label).mean(outcomes);
    return new Condition(label, mean.value(), mean.tasks(), mean.interval());
  }

  /** What is gained from one row to another, paired by title. */
  Comparison comparison(
      String after, List<Outcome> afterOutcomes, String before, List<Outcome> beforeOutcomes) {
    return new Comparison(
        after,
        before,
        bootstrap(after + " - " + before).difference(afterOutcomes, beforeOutcomes),
        "title");
  }

  private TaskBootstrap bootstrap(String what) {
    return new TaskBootstrap(seeds.child("bootstrap", what));
  }
}
