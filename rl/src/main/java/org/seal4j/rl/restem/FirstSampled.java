package org.seal4j.rl.restem;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.Candidate;
import org.seal4j.rl.Selection;

/**
 * Keeps the first few valid edits of each context, whatever they earned: the control of every other
 * rule. What it teaches is imitation of the policy's own samples, so only what another rule does
 * better than this one is owed to the reward.
 *
 * @param keep edits kept per context
 */
public record FirstSampled(int keep) implements Selection {
  public FirstSampled {
    Checks.require(keep >= 1, "first-sampled must keep >= 1 edit per task but keep was %d", keep);
  }

  @Override
  public List<Double> weights(List<Candidate> round) {
    Map<String, Integer> kept = new HashMap<>();
    List<Double> weights = new ArrayList<>();
    for (Candidate edit : round) {
      boolean keeps = edit.valid() && kept.merge(edit.contextId(), 1, Integer::sum) <= keep;
      weights.add(keeps ? 1.0 : 0.0);
    }
    return weights;
  }
}
