package org.seal4j.scripts.arc;

import org.seal4j.data.check.Checks;
import org.seal4j.model.generate.Sampling;

/**
 * How self-edits are sampled.
 *
 * @param temperature of sampling, above 0 (SEAL: 1.0)
 * @param topP share of probability kept, in (0, 1]
 * @param grammar whether only symbols that make a well-formed edit may be written
 */
public record PolicyConfig(double temperature, double topP, boolean grammar) {
  public PolicyConfig {
    Checks.require(temperature > 0, "policy.temperature must be > 0 but was %s", temperature);
    Checks.require(topP > 0 && topP <= 1, "policy.topP must be in (0, 1] but was %s", topP);
  }

  /** The same for the generator. */
  Sampling sampling() {
    return Sampling.at(temperature).withTopP(topP);
  }
}
