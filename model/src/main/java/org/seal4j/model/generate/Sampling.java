package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;

/**
 * How the next token is drawn from the allowed ones. In this order, which is that of Hugging Face's
 * library: penalties change the logits, these are divided by the temperature, all but the {@code
 * topK} most likely tokens are dropped, then all but the fewest that hold {@code topP} of what is
 * left, then those below {@code minP}; the rest is renormalised and drawn from. Equal logits count
 * as ordered by id.
 *
 * @param greedy whether the most likely token is always taken; temperature, topK, topP and minP
 *     must then be off
 * @param temperature divisor of the logits, above 0; 1 leaves the model's distribution
 * @param topK number of tokens kept, 0 for all
 * @param topP share of probability kept, in (0, 1]; 1 for all
 * @param minP smallest probability kept, as a part of the most likely token's, in [0, 1]; 0 for
 *     all. Min-p (Nguyen et al. 2024, arXiv 2407.01082) as Hugging Face's {@code MinPLogitsWarper}
 *     (transformers 4.57) has it: on the tempered distribution. llama.cpp's rule is the same; its
 *     usual order applies it before the temperature
 * @param penalties on tokens that the row holds already
 */
public record Sampling(
    boolean greedy, double temperature, int topK, double topP, double minP, Penalties penalties) {
  public Sampling {
    Checks.require(
        temperature > 0 && temperature < Double.POSITIVE_INFINITY,
        "sampling.temperature must be a number > 0 but was %s; use sampling.greedy for 0",
        temperature);
    Checks.require(topK >= 0, "sampling.topK must be >= 0 (0 keeps all) but was %d", topK);
    Checks.require(topP > 0 && topP <= 1, "sampling.topP must be in (0, 1] but was %s", topP);
    Checks.require(
        minP >= 0 && minP <= 1, "sampling.minP must be in [0, 1] (0 keeps all) but was %s", minP);
    Checks.require(
        !greedy || (temperature == 1 && topK == 0 && topP == 1 && minP == 0),
        "sampling.greedy takes the most likely token, so temperature %s, topK %d, topP %s and minP %s"
            + " would have no effect; keep one side",
        temperature,
        topK,
        topP,
        minP);
  }

  /** The most likely token, the lowest id among equals. */
  public static Sampling mostLikely() {
    return new Sampling(true, 1, 0, 1, 0, Penalties.NONE);
  }

  /** A draw from the tempered distribution of all allowed tokens. */
  public static Sampling at(double temperature) {
    return new Sampling(false, temperature, 0, 1, 0, Penalties.NONE);
  }

  /** The same with all but the {@code k} most likely tokens dropped. */
  public Sampling withTopK(int k) {
    return new Sampling(greedy, temperature, k, topP, minP, penalties);
  }

  /** The same with all but the fewest tokens dropped that hold this share of probability. */
  public Sampling withTopP(double share) {
    return new Sampling(greedy, temperature, topK, share, minP, penalties);
  }

  /** The same with tokens dropped that have less than this part of the largest probability. */
  public Sampling withMinP(double part) {
    return new Sampling(greedy, temperature, topK, topP, part, penalties);
  }

  /** The same with these penalties. */
  public Sampling withPenalties(Penalties other) {
    return new Sampling(greedy, temperature, topK, topP, minP, other);
  }
}
