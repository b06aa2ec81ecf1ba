package org.seal4j.scripts.passage;

import org.seal4j.data.check.Checks;
import org.seal4j.model.generate.Sampling;

/**
 * How self-edits are sampled.
 *
 * @param temperature of sampling, above 0 (SEAL: 1.0)
 * @param topP share of probability kept, in (0, 1] (SEAL: 0.95)
 * @param maxNewTokens longest self-edit in tokens; a longer one ends there
 */
public record PolicyConfig(double temperature, double topP, int maxNewTokens) {
  public PolicyConfig {
    Checks.require(temperature > 0, "policy.temperature must be > 0 but was %s", temperature);
    Checks.require(topP > 0 && topP <= 1, "policy.topP must be in (0, 1] but was %s", topP);
    Checks.require(maxNewTokens >= 1, "policy.maxNewTokens must be >= 1 but was %d", maxNewTokens);
  }

  /** The same for the generator. */
  public Sampling sampling() {
    return Sampling.at(temperature).withTopP(topP);
  }
}
