package org.seal4j.model.gguf;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.check.Checks;
import org.seal4j.model.ModelConfig;

/** The architectures of GGUF files that are read and written, as llama.cpp builds them. */
enum GgufFamily {
  /** Mistral too goes by this name. */
  LLAMA,
  QWEN2,
  QWEN3,
  SMOLLM3,
  GEMMA2,
  GEMMA3;

  /** Its {@code general.architecture}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The words of all. */
  static List<String> words() {
    return Arrays.stream(values()).map(GgufFamily::word).toList();
  }

  /** Whether rows of query and key stand as neighbouring planes of rotation in files. */
  boolean turnsRows() {
    return this == LLAMA || this == SMOLLM3;
  }

  /** Whether factors of frequencies, {@link GgufNames#ROPE_FACTORS}, are heeded. */
  boolean takesRopeFactors() {
    return this == LLAMA;
  }

  /** The family that computes what such a model computes, or a refusal where there is none. */
  static GgufFamily of(ModelConfig model) {
    return Arrays.stream(values())
        .filter(
            family ->
                GgufForm.of(family, model).says(model.form())
                    && (family == QWEN2) == model.qkvBias()
                    && (family != GEMMA2 || model.tiedHead()))
        .findFirst()
        .orElseThrow(
            () ->
                Checks.refuse(
                    "such a model has no GGUF form: written are %s; smollm3 leaves every fourth layer"
                        + " unrotated, gemma2 has caps, a tied head and a window in every second"
                        + " layer, gemma3 one in all but the last of every so many, and scores of both"
                        + " are divided by the root of a head's size; this one has biases: %s, a tied"
                        + " head: %s, and %s",
                    words(), model.qkvBias(), model.tiedHead(), model.form()));
  }
}
