package org.seal4j.model.gguf;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufKeys;
import org.seal4j.data.gguf.GgufTensor;
import org.seal4j.model.ModelConfig;

/**
 * The keys of a GGUF file as sizes of ours. A key of the architecture that says something and that
 * is in no list is refused by name, so that no key that changes the arithmetic is overlooked; keys
 * of other name spaces ({@code general}, {@code tokenizer}, {@code quantize} …) cannot change it.
 *
 * @param header of the file
 * @param family its architecture
 */
record GgufConfig(GgufHeader header, GgufFamily family) {
  /** What is read here and by {@link GgufRope}, of every family; {@link GgufForm} has others. */
  private static final Set<String> READ =
      Set.of(
          "block_count",
          "context_length",
          "embedding_length",
          "feed_forward_length",
          "vocab_size",
          "attention.head_count",
          "attention.head_count_kv",
          "attention.key_length",
          "attention.value_length",
          "attention.layer_norm_rms_epsilon",
          "attention.causal",
          "rope.dimension_count",
          "rope.freq_base",
          "rope.scale_linear",
          "rope.scaling.type",
          "rope.scaling.factor",
          "rope.scaling.original_context_length");

  /** Words about a model that change nothing. */
  private static final Set<String> PASSED_OVER =
      Set.of("rope.scaling.finetuned", "tensor_data_layout");

  /** Bounds far above any model, so that a damaged number is a refusal and not an overflow. */
  private static final int MOST_LAYERS = 4096;

  private static final int WIDEST = 1 << 24;

  /** What a file says of itself, checked as far as keys go. */
  static GgufConfig of(GgufHeader header) {
    GgufKeys keys = header.keys();
    String architecture = keys.text("general.architecture");
    Checks.require(
        GgufFamily.words().contains(architecture),
        "%s: general.architecture is '%s', which is not supported; supported are %s",
        header.file(),
        Shown.text(architecture),
        GgufFamily.words());
    String type = keys.text("general.type", "model");
    Checks.require(
        type.equals("model"),
        "%s: general.type is '%s', but a model is expected",
        header.file(),
        Shown.text(type));
    int parts =
        keys.has("split.count") && !keys.isUnset("split.count") ? keys.count("split.count") : 1;
    Checks.require(
        parts == 1,
        "%s is one of %d parts (split.count); join them first, as llama.cpp's gguf-split does",
        header.file(),
        parts);
    GgufConfig config =
        new GgufConfig(header, GgufFamily.valueOf(architecture.toUpperCase(Locale.ROOT)));
    config.requireKnown();
    return config;
  }

  private void requireKnown() {
    String prefix = family.word() + ".";
    for (String key : header.keys().names()) {
      String own = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
      Checks.require(
          own.isEmpty()
              || READ.contains(own)
              || GgufForm.ownKeys(family).contains(own)
              || PASSED_OVER.contains(own)
              || header.keys().isUnset(key),
          "%s: %s is %s, but no %s model is known to have this key, and what it may change is not"
              + " built",
          header.file(),
          Shown.text(key),
          header.keys().isUnset(key) ? "nothing" : header.keys().shown(key),
          family.word());
    }
  }

  /** A key of the architecture. */
  String key(String name) {
    return family.word() + "." + name;
  }

  /** Tokens of the longest text that the model was made for. */
  int context() {
    return header.keys().count(key("context_length"));
  }

  /** The sizes of the model. */
  ModelConfig model() {
    GgufKeys keys = header.keys();
    int layers = atMost(MOST_LAYERS, "block_count");
    int dim = atMost(WIDEST, "embedding_length");
    int heads = atMost(WIDEST, "attention.head_count");
    int headSize = headSize(dim, heads);
    double eps = keys.number(key("attention.layer_norm_rms_epsilon"));
    Checks.require(
        keys.flag(key("attention.causal"), true),
        "%s: %s is false, but only causal language models are read",
        header.file(),
        key("attention.causal"));
    GgufRope rope = new GgufRope(this, headSize);
    try {
      return new ModelConfig(
          vocabSize(),
          dim,
          layers,
          heads,
          keys.count(key("attention.head_count_kv"), heads),
          headSize,
          atMost(WIDEST, "feed_forward_length"),
          eps,
          rope.theta(),
          false,
          !header.tensors().containsKey(GgufNames.HEAD),
          family == GgufFamily.QWEN2,
          0,
          rope.scaling(),
          new GgufForm(family, layers, headSize, dim / heads).read(this));
    } catch (InputException e) {
      String said = String.valueOf(e.getMessage());
      throw said.startsWith(header.file().toString())
          ? e
          : new InputException(header.file() + ": " + said, e);
    }
  }

  private int atMost(int most, String name) {
    int count = header.keys().count(key(name));
    Checks.require(
        count <= most,
        "%s: %s is %d but at most %d is read",
        header.file(),
        key(name),
        count,
        most);
    return count;
  }

  private int headSize(int dim, int heads) {
    GgufKeys keys = header.keys();
    if (!keys.has(key("attention.key_length"))) {
      Checks.require(
          dim % heads == 0,
          "%s: %s %d is no multiple of %s %d, and %s is not given",
          header.file(),
          key("embedding_length"),
          dim,
          key("attention.head_count"),
          heads,
          key("attention.key_length"));
    }
    int size = keys.count(key("attention.key_length"), Math.max(1, dim / heads));
    for (String name : List.of("attention.value_length", "rope.dimension_count")) {
      int other = keys.count(key(name), size);
      Checks.require(
          other == size,
          "%s: %s is %d but heads have %d; only heads that are rotated in full, with values as long"
              + " as keys, are built",
          header.file(),
          key(name),
          other,
          size);
    }
    Checks.require(
        size % 2 == 0 && (long) size * heads <= WIDEST,
        "%s: heads of %d, %d of them, are not built; a head's size must be even",
        header.file(),
        size,
        heads);
    return size;
  }

  /** Rows of the embedding, which a key may state again. */
  private int vocabSize() {
    GgufTensor table =
        Checks.present(
            header.tensors().get(GgufNames.EMBEDDING),
            "%s lacks the tensor %s",
            header.file(),
            GgufNames.EMBEDDING);
    Checks.require(
        table.shape().length == 2 && table.shape()[0] <= WIDEST,
        "%s: the tensor %s must have 2 dimensions and at most %d rows",
        header.file(),
        GgufNames.EMBEDDING,
        WIDEST);
    int rows = (int) table.shape()[0];
    int stated = header.keys().count(key("vocab_size"), rows);
    Checks.require(
        stated == rows,
        "%s: %s is %d but the tensor %s has %d rows",
        header.file(),
        key("vocab_size"),
        stated,
        GgufNames.EMBEDDING,
        rows);
    return rows;
  }
}
