package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.Phases;

/**
 * The dense reward beside the share of right answers: mean log-probability of the gold answers
 * under the adapted model minus that under the model as it is (docs/seal.md §5.5).
 */
final class DenseReward {
  private DenseReward() {}

  /** One line per adapted condition; edits whose training diverged are left out and counted. */
  static List<Fact> of(Phases phases, Seeds seeds) {
    Map<String, Double> base = new HashMap<>();
    for (EditRow row : phases.rows(PassageLoop.BASE)) {
      base.put(row.key().contextId(), row.outcome().negLogLikelihood());
    }
    List<Fact> facts = new ArrayList<>();
    phases
        .conditions()
        .forEach(
            (label, phase) -> {
              List<EditRow> rows = phases.rows(phase);
              List<Outcome> gains = new ArrayList<>();
              for (EditRow row : rows) {
                Double without = base.get(row.key().contextId());
                double nll = row.outcome().negLogLikelihood();
                if (without != null && Double.isFinite(nll)) {
                  gains.add(new Outcome(row.key().contextId(), without - nll));
                }
              }
              if (!phase.equals(PassageLoop.BASE) && !gains.isEmpty()) {
                facts.add(new Fact("gold answers, " + label, sentence(rows, gains, seeds, label)));
              }
            });
    return facts;
  }

  private static String sentence(
      List<EditRow> rows, List<Outcome> gains, Seeds seeds, String label) {
    Estimate gain = new TaskBootstrap(seeds.child("dense", label)).mean(gains);
    String text =
        String.format(
            Locale.ROOT,
            "%+.2f nats per token against the base model [%+.2f, %+.2f], n = %d",
            gain.value(),
            gain.interval().low(),
            gain.interval().high(),
            gains.size());
    int lost = rows.size() - gains.size();
    return lost == 0 ? text : text + ", %d without a finite likelihood".formatted(lost);
  }
}
