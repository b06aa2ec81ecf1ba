package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;

/**
 * How all answers of one call are written.
 *
 * @param sampling how a token is chosen
 * @param stop when an answer ends
 * @param likeliest how many of the likeliest tokens are kept at each place of an answer, with their
 *     probabilities under the model alone, for {@link Generation#likeliest()}; 0 for none
 */
public record GenerationConfig(Sampling sampling, StopRule stop, int likeliest) {
  public GenerationConfig {
    Checks.require(likeliest >= 0, "likeliest must be >= 0 but was %d", likeliest);
  }

  /** Keeps the chosen tokens alone. */
  public GenerationConfig(Sampling sampling, StopRule stop) {
    this(sampling, stop, 0);
  }
}
