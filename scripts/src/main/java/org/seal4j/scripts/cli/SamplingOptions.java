package org.seal4j.scripts.cli;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.generate.Penalties;
import org.seal4j.model.generate.Sampling;
import picocli.CommandLine.Option;

/** The options of every command that draws tokens: how the next one is chosen. */
final class SamplingOptions {
  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "0 takes the most likely token, 1 samples as the model says. Default: 0.8; of ask 0.")
  private @Nullable Double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description = "Sample from the K most likely tokens; 0 for all. Default: ${DEFAULT-VALUE}.")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "Sample from the fewest tokens that hold this share of probability. Default:"
              + " ${DEFAULT-VALUE}.")
  private double topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      defaultValue = "0",
      description =
          "Leave out tokens less likely than this part of the most likely one. Default:"
              + " ${DEFAULT-VALUE}.")
  private double minP;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "Divide positive logits of tokens in prompt and answer by this, multiply negative ones."
              + " Default: ${DEFAULT-VALUE}, none.")
  private double repetition;

  @Option(
      names = "--presence-penalty",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Take this from the logit of every token in the answer, -2 to 2. Default:"
              + " ${DEFAULT-VALUE}.")
  private double presence;

  @Option(
      names = "--frequency-penalty",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "The same for each time that the answer has the token, -2 to 2. Default:"
              + " ${DEFAULT-VALUE}.")
  private double frequency;

  /**
   * What they say together.
   *
   * @param otherwise the temperature where none is given
   */
  Sampling sampling(double otherwise) {
    double heat = temperature == null ? otherwise : temperature;
    Checks.require(
        heat >= 0 && heat < Double.POSITIVE_INFINITY,
        "--temperature must be a number >= 0 but was %s",
        heat);
    Penalties penalties = new Penalties(repetition, presence, frequency);
    if (heat == 0) {
      Checks.require(
          topK == 0 && topP == 1 && minP == 0,
          "--temperature 0 takes the most likely token, so --top-k, --top-p and --min-p have no"
              + " effect; leave them out, or give a higher temperature");
      return Sampling.mostLikely().withPenalties(penalties);
    }
    return Sampling.at(heat).withTopK(topK).withTopP(topP).withMinP(minP).withPenalties(penalties);
  }
}
