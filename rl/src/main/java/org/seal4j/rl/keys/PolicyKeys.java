package org.seal4j.rl.keys;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.generate.Sampling;

/**
 * How self-edits are sampled.
 *
 * @param temperature divisor of the logits, above 0 (SEAL: 1.0)
 * @param topP share of probability kept, in (0, 1] (SEAL: 0.95)
 * @param maxNewTokens longest self-edit in tokens, where self-edits are texts; a longer one ends
 *     there
 * @param grammar where self-edits are symbols: whether only those that make a well-formed one may
 *     be written
 */
public record PolicyKeys(
    double temperature, double topP, @Nullable Integer maxNewTokens, @Nullable Boolean grammar) {
  public PolicyKeys {
    Checks.require(temperature > 0, "policy.temperature must be > 0 but was %s", temperature);
    Checks.require(topP > 0 && topP <= 1, "policy.topP must be in (0, 1] but was %s", topP);
    Checks.require(
        maxNewTokens == null || maxNewTokens >= 1,
        "policy.maxNewTokens must be >= 1 but was %s",
        String.valueOf(maxNewTokens));
  }

  /** The same for the generator. */
  public Sampling sampling() {
    return Sampling.at(temperature).withTopP(topP);
  }

  /** Longest self-edit in tokens, in a kind whose self-edits are texts. */
  public int longest() {
    return Checks.present(
        maxNewTokens, "policy.maxNewTokens is missing: how long may a self-edit be?");
  }

  /** Whether a grammar restricts what is written, in a kind whose self-edits are symbols. */
  public boolean restricted() {
    return Checks.present(
        grammar, "policy.grammar is missing: may only well-formed self-edits be written?");
  }
}
