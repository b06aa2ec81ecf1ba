package org.seal4j.rl.grpo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.rl.Candidate;
import org.seal4j.rl.Selection;
import org.seal4j.rl.restem.TopPerTask;

/**
 * Every valid self-edit of a context whose valid self-edits did not all earn the same: what GRPO
 * learns from, good and bad.
 *
 * @param ranking what a self-edit is worth
 */
public record AllThatDiffer(TopPerTask.Ranking ranking) implements Selection {

  @Override
  public List<Double> weights(List<Candidate> round) {
    Map<String, Double> least = new HashMap<>();
    Map<String, Double> most = new HashMap<>();
    for (Candidate edit : round) {
      if (edit.valid()) {
        double worth = ranking.worth(edit.outcome());
        least.merge(edit.contextId(), worth, Math::min);
        most.merge(edit.contextId(), worth, Math::max);
      }
    }
    List<Double> weights = new ArrayList<>();
    for (Candidate edit : round) {
      String context = edit.contextId();
      boolean differ = !least.getOrDefault(context, 0.0).equals(most.getOrDefault(context, 0.0));
      weights.add(edit.valid() && differ ? 1.0 : 0.0);
    }
    return weights;
  }
}
