package org.seal4j.scripts.bench;

import java.util.Arrays;
import java.util.Locale;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;

/** The shapes of real models, for measurements with random weights. */
@SuppressWarnings("ImmutableEnumChecker") // ModelConfig is a record of values
enum LongShape {
  /** SmolLM2-135M. */
  SMOLLM2_135M("SmolLM2-135M", 49_152, 576, 30, 9, 3, 1536),
  /** SmolLM2-360M. */
  SMOLLM2_360M("SmolLM2-360M", 49_152, 960, 32, 15, 5, 2560),
  /** Qwen2.5-0.5B. */
  QWEN2_500M("Qwen2.5-0.5B", 151_936, 896, 24, 14, 2, 4864),
  /** Qwen2.5-1.5B, whose heads are of 128. */
  QWEN2_1500M("Qwen2.5-1.5B", 151_936, 1536, 28, 12, 2, 8960);

  private static final double EMBEDDING_STD = 0.05;
  private static final double RESIDUAL_SCALE = 0.2;

  private final String title;
  private final ModelConfig config;

  LongShape(String title, int ids, int dim, int layers, int heads, int kvHeads, int ffDim) {
    this.title = title;
    config =
        new ModelConfig(
            ids,
            dim,
            layers,
            heads,
            kvHeads,
            dim / heads,
            ffDim,
            1e-5,
            10_000,
            false,
            true,
            false,
            0);
  }

  static LongShape named(String label) {
    return Arrays.stream(values())
        .filter(shape -> shape.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                Checks.refuse(
                    "SHAPE is '%s', but must be one of %s",
                    label, Arrays.stream(values()).map(LongShape::label).toList()));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The model's own name. */
  String title() {
    return title;
  }

  ModelConfig config() {
    return config;
  }

  /** Random weights, always the same. The caller closes them. */
  Weights weights() {
    return Weights.random(config, EMBEDDING_STD, RESIDUAL_SCALE, Seeds.of(20261127));
  }
}
