package org.seal4j.model.gguf;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.seal4j.data.check.Checks;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;

/** The architectures of GGUF files that are read and written, as llama.cpp builds them. */
enum GgufFamily {
  /** Mistral too goes by this name. */
  LLAMA,
  QWEN2,
  QWEN3,
  SMOLLM3;

  /** Of so many layers of SmolLM3 the last is not rotated; no key says another number. */
  private static final int INTERVAL = 4;

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

  /** What it does differently from Llama. */
  DecoderForm form(int layers) {
    return switch (this) {
      case LLAMA, QWEN2 -> DecoderForm.llama();
      case QWEN3 -> DecoderForm.qwen3();
      case SMOLLM3 ->
          DecoderForm.smollm3(
              IntStream.range(0, layers).filter(l -> (l + 1) % INTERVAL == 0).boxed().toList());
    };
  }

  /** The family that computes what such a model computes, or a refusal where there is none. */
  static GgufFamily of(ModelConfig model) {
    return Arrays.stream(values())
        .filter(
            family ->
                family.form(model.layers()).equals(model.form())
                    && (family == QWEN2) == model.qkvBias())
        .findFirst()
        .orElseThrow(
            () ->
                Checks.refuse(
                    "such a model has no GGUF form: written are %s, of which smollm3 leaves every"
                        + " fourth layer unrotated; this one leaves out %s, with normalised heads: %s,"
                        + " with biases: %s",
                    words(), model.form().unrotated(), model.form().headNorms(), model.qkvBias()));
  }
}
