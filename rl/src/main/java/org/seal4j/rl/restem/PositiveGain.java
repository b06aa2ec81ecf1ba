package org.seal4j.rl.restem;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.rl.Candidate;
import org.seal4j.rl.Selection;

/**
 * Of what another rule chose, keeps the edits that earned more than the same model does without any
 * edit.
 *
 * <p>Differs from SEAL, which has no such filter: there 10 of 50 passages taught the policy an edit
 * that did not beat the baseline (docs/seal.md §2.7).
 *
 * @param among the rule that proposes
 */
public record PositiveGain(Selection among) implements Selection {

  /** Every valid edit that beats its context's baseline. */
  public static PositiveGain amongAll() {
    return new PositiveGain(new AllPositives(0));
  }

  @Override
  public boolean needsBaseline() {
    return true;
  }

  @Override
  public List<Double> weights(List<Candidate> round) {
    List<Double> chosen = among.weights(round);
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < round.size(); i++) {
      weights.add(gains(round.get(i)) ? chosen.get(i) : 0.0);
    }
    return weights;
  }

  private static boolean gains(Candidate edit) {
    double baseline =
        edit.baseline()
            .orElseThrow(
                () -> new IllegalStateException("no baseline of context " + edit.contextId()))
            .reward();
    return edit.outcome().reward() > baseline;
  }
}
