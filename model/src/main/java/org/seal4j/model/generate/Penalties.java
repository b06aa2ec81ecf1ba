package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;

/**
 * What makes tokens less likely that a row holds already. Applied to the logits before the
 * temperature, the repetition penalty first; negative penalties make tokens more likely.
 *
 * @param repetition divisor of positive logits and factor on negative ones of every token of prompt
 *     and answer, once however often it stands there; 1 is none. The repetition penalty of CTRL
 *     (Keskar et al. 2019, arXiv 1909.05858) as Hugging Face's {@code
 *     RepetitionPenaltyLogitsProcessor} (transformers 4.57) computes it, in float32
 * @param presence taken from the logit of every token that the answer holds; 0 is none. OpenAI's
 *     {@code presence_penalty}: {@code logit - count * frequency - (count > 0) * presence}, with
 *     the count of what was written, not of what was read
 * @param frequency taken from the logit once for each time that the answer holds the token; 0 is
 *     none. OpenAI's {@code frequency_penalty}
 */
public record Penalties(double repetition, double presence, double frequency) {
  /** None at all. */
  public static final Penalties NONE = new Penalties(1, 0, 0);

  /** What OpenAI's interface allows, to either side. */
  private static final double MOST = 2;

  public Penalties {
    Checks.require(
        repetition > 0 && repetition < Double.POSITIVE_INFINITY,
        "the repetition penalty must be a number > 0 (1 for none) but was %s",
        repetition);
    requireBounded("presence", presence);
    requireBounded("frequency", frequency);
  }

  private static void requireBounded(String name, double value) {
    Checks.require(
        value >= -MOST && value <= MOST,
        "the %s penalty must be between -2 and 2 (0 for none) but was %s",
        name,
        value);
  }

  /** The same with this penalty on tokens of prompt and answer. */
  public Penalties withRepetition(double divisor) {
    return new Penalties(divisor, presence, frequency);
  }

  /** The same with this penalty on tokens that the answer holds. */
  public Penalties withPresence(double penalty) {
    return new Penalties(repetition, penalty, frequency);
  }

  /** The same with this penalty on each time that the answer holds a token. */
  public Penalties withFrequency(double penalty) {
    return new Penalties(repetition, presence, penalty);
  }

  /** Whether they leave every logit alone. */
  public boolean areNone() {
    return repetition == 1 && presence == 0 && frequency == 0;
  }
}
