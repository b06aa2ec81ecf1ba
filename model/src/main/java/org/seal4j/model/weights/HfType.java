package org.seal4j.model.weights;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * The families of models that are read, with what a key means that {@code config.json} leaves out:
 * the defaults of {@code LlamaConfig}, {@code MistralConfig} and {@code Qwen2Config} of
 * transformers (4.57 and 5.24 agree).
 */
enum HfType {
  LLAMA(OptionalInt.empty(), 2048, OptionalInt.empty(), OptionalInt.of(2)),
  MISTRAL(OptionalInt.of(8), 131_072, OptionalInt.of(4096), OptionalInt.of(2)),
  QWEN2(OptionalInt.of(32), 32_768, OptionalInt.of(4096), OptionalInt.empty());

  private final OptionalInt kvHeads;
  private final int context;
  private final OptionalInt window;
  private final OptionalInt endToken;

  HfType(OptionalInt kvHeads, int context, OptionalInt window, OptionalInt endToken) {
    this.kvHeads = kvHeads;
    this.context = context;
    this.window = window;
    this.endToken = endToken;
  }

  /** Its {@code model_type}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code num_key_value_heads}; empty where it is {@code num_attention_heads}. */
  OptionalInt kvHeads() {
    return kvHeads;
  }

  /** {@code max_position_embeddings}, in tokens. */
  int context() {
    return context;
  }

  /** {@code sliding_window}, in tokens; empty where the family has none. */
  OptionalInt window() {
    return window;
  }

  /** {@code eos_token_id}; empty where the family has none. */
  OptionalInt endToken() {
    return endToken;
  }

  /** The words of all. */
  static List<String> words() {
    return Arrays.stream(values()).map(HfType::word).toList();
  }

  /** The family of a {@code model_type}, or a refusal that lists those there are. */
  static HfType of(String word, Path file) {
    return Arrays.stream(values())
        .filter(type -> type.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Checks.refuse(
                    "%s: model_type '%s' is not supported; supported are %s",
                    file, Shown.text(word), words()));
  }
}
