package org.seal4j.scripts.pretrain;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.rl.keys.ModelKeys;
import org.seal4j.rl.keys.PretrainKeys;

/**
 * A language model from a text file.
 *
 * @param data the text
 * @param vocabSize tokens of the byte-pair encoding, at most; short texts give fewer
 * @param model sizes of the transformer, whose head is its embedding table
 * @param context tokens of a window, and of the longest text that the model is made for
 * @param pretrain how it is trained
 * @param samples texts written at the end, for people
 */
public record TextKeys(
    TextDataKeys data,
    int vocabSize,
    ModelKeys model,
    int context,
    PretrainKeys pretrain,
    Samples samples) {

  /**
   * Texts written at the end.
   *
   * @param prompts what they continue
   * @param tokens most tokens of each
   * @param temperature divisor of the logits, above 0
   */
  public record Samples(List<String> prompts, int tokens, double temperature) {
    public Samples {
      prompts = List.copyOf(prompts);
      Checks.require(tokens >= 1, "samples.tokens must be >= 1 but was %d", tokens);
      Checks.require(temperature > 0, "samples.temperature must be > 0 but was %s", temperature);
    }
  }

  public TextKeys {
    Checks.require(context >= 8, "context must be >= 8 but was %d", context);
    BpeTrainerConfig.bytes(vocabSize);
    Checks.inGroup("model", () -> model.config(2, 0, true));
    model.requirePretrained("pretrain");
    Checks.inGroup("pretrain", pretrain::training);
  }

  /** The transformer for a vocabulary of this size. */
  ModelConfig modelConfig(int ids) {
    return model.config(ids, 0, true);
  }
}
