package org.seal4j.rl.restem;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.Candidate;
import org.seal4j.rl.Selection;

/**
 * Keeps every valid edit with enough reward, each with weight 1: the rule of SEAL's grid study,
 * where easy tasks dominate because up to all of their edits are kept (docs/seal.md §3.6).
 *
 * @param threshold the least reward that counts as positive, in [0, 1]; 0 keeps every valid edit
 */
public record AllPositives(double threshold) implements Selection {
  public AllPositives {
    Checks.require(
        threshold >= 0 && threshold <= 1,
        "the threshold of the reward must be in [0, 1] but was %s; 1 keeps solved ones",
        threshold);
  }

  /** The reference: solved edits. */
  public static AllPositives reference() {
    return new AllPositives(1);
  }

  @Override
  public List<Double> weights(List<Candidate> round) {
    return round.stream()
        .map(edit -> edit.valid() && edit.outcome().reward() >= threshold ? 1.0 : 0.0)
        .toList();
  }
}
