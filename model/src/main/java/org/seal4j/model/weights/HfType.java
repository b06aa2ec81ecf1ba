package org.seal4j.model.weights;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * The families of models that are read, with what a key means that {@code config.json} leaves out:
 * the defaults of {@code LlamaConfig}, {@code MistralConfig}, {@code Qwen2Config}, {@code
 * Qwen3Config}, {@code SmolLM3Config}, {@code Gemma2Config} and {@code Gemma3TextConfig} of
 * transformers (4.57 and 5.24 agree).
 */
enum HfType {
  LLAMA(OptionalInt.empty(), 2048, OptionalInt.empty(), OptionalInt.of(2)),
  MISTRAL(OptionalInt.of(8), 131_072, OptionalInt.of(4096), OptionalInt.of(2)),
  QWEN2(OptionalInt.of(32), 32_768, OptionalInt.of(4096), OptionalInt.empty()),
  QWEN3(OptionalInt.of(32), 32_768, OptionalInt.of(4096), OptionalInt.empty()),
  SMOLLM3(OptionalInt.of(4), 32_768, OptionalInt.empty(), OptionalInt.of(128_001)),
  GEMMA2(OptionalInt.of(4), 8192, OptionalInt.of(4096), OptionalInt.of(1)),
  /** The texts of Gemma 3, without its images. */
  GEMMA3(OptionalInt.of(4), 131_072, OptionalInt.of(4096), OptionalInt.of(1));

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
    return this == GEMMA3 ? "gemma3_text" : name().toLowerCase(Locale.ROOT);
  }

  /** Its class in transformers, such as {@code Qwen3ForCausalLM}. */
  String architecture() {
    String name =
        this == SMOLLM3
            ? "SmolLM3"
            : name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    return name + "ForCausalLM";
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

  /** {@code head_dim}; empty where it is the width divided by the heads. */
  OptionalInt headSize() {
    return switch (this) {
      case QWEN3 -> OptionalInt.of(128);
      case GEMMA2, GEMMA3 -> OptionalInt.of(256);
      default -> OptionalInt.empty();
    };
  }

  /** {@code rope_theta}. */
  double theta() {
    return switch (this) {
      case SMOLLM3 -> 2_000_000;
      case GEMMA3 -> 1_000_000;
      default -> 10_000;
    };
  }

  /** {@code tie_word_embeddings}. */
  boolean tiedHead() {
    return this == SMOLLM3 || isGemma();
  }

  /** Whether {@code use_sliding_window} switches the window on, which is off without it. */
  boolean switchesWindow() {
    return this == QWEN2 || this == QWEN3 || this == SMOLLM3;
  }

  /** Whether it is built as Gemma 2. */
  boolean isGemma() {
    return this == GEMMA2 || this == GEMMA3;
  }

  /** Keys that only it, or it and its relatives, have. */
  Set<String> ownKeys() {
    return switch (this) {
      case SMOLLM3 -> HfForm.KEYS;
      case GEMMA2 -> HfGemma.KEYS_2;
      case GEMMA3 -> HfGemma.KEYS_3;
      default -> Set.of();
    };
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
