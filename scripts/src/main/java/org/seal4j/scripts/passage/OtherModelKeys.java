package org.seal4j.scripts.passage;

import org.seal4j.data.check.Checks;
import org.seal4j.rl.teacher.EndpointConfig;

/**
 * Another model that writes about passages: the baseline "synthetic data by another model".
 *
 * @param endpoint where it is asked
 * @param writes what it is asked for
 * @param temperature divisor of its logits, above 0
 * @param topP share of the probability that it samples from
 * @param maxTokens longest answer in its tokens
 */
public record OtherModelKeys(
    EndpointConfig endpoint, Writes writes, double temperature, double topP, int maxTokens) {
  public OtherModelKeys {
    Checks.require(maxTokens >= 1, "otherModel.maxTokens must be >= 1 but was %d", maxTokens);
  }

  /** What another model is asked for. */
  public enum Writes {
    /** A self-edit, by the same prompt as the policy. */
    SELF_EDIT,
    /** Texts on pairs and triples of the passage's entities (EntiGraph). */
    ENTIGRAPH
  }
}
