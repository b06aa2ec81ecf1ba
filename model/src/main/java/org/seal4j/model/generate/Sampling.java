package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;

/**
 * How the next token is drawn from the allowed ones. In this order: logits are divided by the
 * temperature, all but the {@code topK} most likely tokens are dropped, then all but the fewest
 * that hold {@code topP} of what is left; the rest is renormalised and drawn from. Equal logits
 * count as ordered by id.
 *
 * @param greedy whether the most likely token is always taken; the other three must then be off
 * @param temperature divisor of the logits, above 0; 1 leaves the model's distribution
 * @param topK number of tokens kept, 0 for all
 * @param topP share of probability kept, in (0, 1]; 1 for all
 */
public record Sampling(boolean greedy, double temperature, int topK, double topP) {
  public Sampling {
    Checks.require(
        temperature > 0 && temperature < Double.POSITIVE_INFINITY,
        "sampling.temperature must be a number > 0 but was %s; use sampling.greedy for 0",
        temperature);
    Checks.require(topK >= 0, "sampling.topK must be >= 0 (0 keeps all) but was %d", topK);
    Checks.require(topP > 0 && topP <= 1, "sampling.topP must be in (0, 1] but was %s", topP);
    Checks.require(
        !greedy || (temperature == 1 && topK == 0 && topP == 1),
        "sampling.greedy takes the most likely token, so temperature %s, topK %d and topP %s would"
            + " have no effect; keep one side",
        temperature,
        topK,
        topP);
  }

  /** The most likely token, the lowest id among equals. */
  public static Sampling mostLikely() {
    return new Sampling(true, 1, 0, 1);
  }

  /** A draw from the tempered distribution of all allowed tokens. */
  public static Sampling at(double temperature) {
    return new Sampling(false, temperature, 0, 1);
  }

  /** The same with all but the {@code k} most likely tokens dropped. */
  public Sampling withTopK(int k) {
    return new Sampling(greedy, temperature, k, topP);
  }

  /** The same with all but the fewest tokens dropped that hold this share of probability. */
  public Sampling withTopP(double share) {
    return new Sampling(greedy, temperature, topK, share);
  }
}
