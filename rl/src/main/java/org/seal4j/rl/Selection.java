package org.seal4j.rl;

import java.util.List;

/**
 * The E-step's filter: which of a round's proposals the policy is trained on, and how strongly.
 * Implementations are in {@code org.seal4j.rl.restem}. Pure; the order of contexts does not matter.
 */
public interface Selection {
  /** One weight per candidate, in order, each finite and at least 0; 0 for every invalid one. */
  List<Double> weights(List<Candidate> round);

  /** Whether {@link Candidate#baseline()} is needed; the loop evaluates baselines only then. */
  default boolean needsBaseline() {
    return false;
  }
}
