package org.seal4j.model.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.model.AttentionForm;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.graph.RopeScaling;

/** Small random models of every kind, and random prompts for them, drawn from one printed seed. */
public final class TinyModels {
  private TinyModels() {}

  /** The seeds of a test. */
  public static Seeds seeds(String test) {
    return TestSeeds.of(test, 20261120L);
  }

  /**
   * Plain; grouped queries and tied head; one key head; biases; pair positions; odd sizes and all
   * of it; wide enough for BLAS to choose its kernel by the number of rows; normalised heads;
   * layers that are not rotated; both; Gemma 2 and 3, with windows shorter than texts.
   */
  public static List<ModelConfig> configs() {
    return List.of(
        ModelConfig.small(17, 16, 2, 2, 24),
        new ModelConfig(19, 16, 2, 4, 2, 4, 24, 1e-5, 10000, true, false, false, 0),
        new ModelConfig(19, 16, 1, 2, 1, 8, 24, 1e-5, 100, false, true, false, 0),
        new ModelConfig(19, 16, 2, 2, 2, 8, 24, 1e-5, 10000, true, false, true, 0),
        new ModelConfig(23, 12, 2, 2, 2, 6, 20, 1e-5, 100, false, false, false, 9),
        ModelConfig.small(40, 48, 1, 2, 64),
        new ModelConfig(51, 20, 3, 6, 3, 10, 37, 1e-6, 1000, true, true, true, 13),
        of(DecoderForm.qwen3(), false),
        of(DecoderForm.smollm3(List.of(0, 2)), false),
        of(new DecoderForm(true, List.of(1)), true),
        of(gemma2(), false),
        of(gemma3(), true));
  }

  /** Caps that bend scores and logits, and a window of five in two of three layers. */
  public static DecoderForm gemma2() {
    return DecoderForm.gemma2(new AttentionForm(6, 1.5, 5, List.of(0, 2), 0), 4);
  }

  /** A window of three in two of three layers, which are rotated by another base. */
  public static DecoderForm gemma3() {
    return DecoderForm.gemma3(new AttentionForm(6, 0, 3, List.of(0, 1), 10_000), 0);
  }

  /** Three layers of a form, with heads wider than the residual stream divided by them. */
  public static ModelConfig of(DecoderForm form, boolean interleaved) {
    return new ModelConfig(
        19, 16, 3, 4, 2, 6, 24, 1e-6, 100, interleaved, false, false, 0, RopeScaling.none(), form);
  }

  /**
   * Random weights with biases and gains of heads that are not zero and one, and logits that are
   * clearly apart.
   */
  public static Weights weights(ModelConfig config, Seeds seeds) {
    Weights weights = Weights.random(config, 0.7, 1, seeds);
    String gains = config.form().gemma() ? ".*norm.weight" : ".*[qk]_norm.weight";
    weights
        .arrays()
        .forEach(
            (name, array) -> {
              Rng rng = seeds.child("bias", name).rng();
              for (long i = 0; name.endsWith(".bias") && i < array.length(); i++) {
                array.putScalar(i, 0.5 * rng.nextGaussian());
              }
              for (long i = 0; name.matches(gains) && i < array.length(); i++) {
                array.putScalar(i, 1 + 0.5 * rng.nextGaussian());
              }
            });
    return weights;
  }

  /** A random sequence of this length; every token but the first has a loss. */
  public static TokenSequence sequence(ModelConfig config, int length, Rng rng) {
    int[] ids = new int[length];
    int[] positions = new int[length];
    float[] weights = new float[length];
    for (int i = 0; i < length; i++) {
      ids[i] = rng.nextInt(config.vocabSize());
      positions[i] = config.pairPositions() == 0 ? 0 : rng.nextInt(config.pairPositions());
      weights[i] = i == 0 ? 0 : 1;
    }
    return new TokenSequence(ids, positions, weights);
  }

  /** Prompts of 1 to {@code longest} tokens with seeds of their own. */
  public static List<Prompt> prompts(ModelConfig config, int count, int longest, Seeds seeds) {
    Rng rng = seeds.child("prompts").rng();
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Prompt.of(sequence(config, rng.between(1, longest), rng), seeds.child("sample", i)))
        .toList();
  }

  /** Whether two answers are the same, log-probabilities bit by bit. */
  public static boolean same(Generation a, Generation b) {
    return a.reason() == b.reason()
        && Arrays.equals(a.tokens(), b.tokens())
        && Arrays.equals(a.logProbs(), b.logProbs())
        && Arrays.equals(a.modelLogProbs(), b.modelLogProbs());
  }
}
