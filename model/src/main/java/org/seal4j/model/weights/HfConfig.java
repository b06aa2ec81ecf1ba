package org.seal4j.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.JsonKeys;
import org.seal4j.model.ModelConfig;

/**
 * {@code config.json} of a Hugging Face model as sizes of ours. A key that is left out means what
 * {@link HfType} says; a key that would change the arithmetic in a way that is not built is refused
 * by name; keys that cannot ({@link HfKeys#PASSED_OVER}) are passed over.
 *
 * @param type the family of the model
 * @param model the sizes
 * @param context {@code max_position_embeddings}: tokens of the longest text the model was made for
 */
record HfConfig(HfType type, ModelConfig model, int context) {
  /** Bounds far above any model, so that a damaged number is a refusal and not an overflow. */
  private static final int MOST_LAYERS = 4096;

  private static final int WIDEST = 1 << 24;

  private static final long MOST_BYTES = 4 << 20;

  private static final double DEFAULT_EPS = 1e-6;

  /** Keys that transformers cannot take as null, and reads a default for where they are missing. */
  private static final List<String> NEVER_NULL =
      List.of("hidden_act", "max_position_embeddings", "rms_norm_eps", "rope_theta");

  static HfConfig read(Path file) {
    JsonKeys keys = keys(file);
    HfType type = HfType.of(keys.text("model_type"), file);
    HfKeys.requireKnown(keys, type);
    requireNoNull(keys, NEVER_NULL);
    if (type.isGemma()) {
      requireNoNull(keys, HfGemma.NEVER_NULL);
    }
    requireCausal(keys, type);
    requirePlain(keys, type);
    int context = keys.count("max_position_embeddings", type.context());
    int layers = keys.count("num_hidden_layers");
    HfRope rope = HfRope.read(keys, type, context);
    int dim = keys.count("hidden_size");
    int heads = keys.count("num_attention_heads");
    int kvHeads = kvHeads(keys, type, heads);
    int headSize = headSize(keys, type, dim, heads);
    requireReal(file, layers, Math.max(dim, (long) heads * headSize));
    double eps = keys.number("rms_norm_eps", DEFAULT_EPS);
    Checks.require(eps > 0, "%s: rms_norm_eps must be > 0 but is %s", file, eps);
    try {
      ModelConfig model =
          new ModelConfig(
              keys.count("vocab_size"),
              dim,
              layers,
              heads,
              kvHeads,
              headSize,
              keys.count("intermediate_size"),
              eps,
              rope.theta(),
              false,
              keys.flag("tie_word_embeddings", type.tiedHead()),
              type == HfType.QWEN2,
              0,
              rope.scaling(),
              HfForm.read(keys, type, layers, rope));
      HfWindow.requireNone(keys, type, context, model);
      return new HfConfig(type, model, context);
    } catch (InputException e) {
      String said = String.valueOf(e.getMessage());
      throw new InputException(said.startsWith(file.toString()) ? said : file + ": " + said, e);
    }
  }

  private static void requireNoNull(JsonKeys keys, List<String> names) {
    for (String key : names) {
      Checks.require(
          !keys.stated(key) || keys.has(key),
          "%s: %s is null; give it a value, or leave it out for the default",
          keys.file(),
          key);
    }
  }

  /** The keys of a configuration, which is small. */
  static JsonKeys keys(Path file) {
    return new JsonKeys(file, Json.read(FolderFile.atMost(MOST_BYTES, file), JsonNode.class));
  }

  private static void requireReal(Path file, int layers, long width) {
    Checks.require(
        layers <= MOST_LAYERS,
        "%s: num_hidden_layers is %d but at most %d are read",
        file,
        layers,
        MOST_LAYERS);
    Checks.require(
        width <= WIDEST,
        "%s: hidden_size, or num_attention_heads times head_dim, is %d but at most %d is read",
        file,
        width,
        WIDEST);
  }

  private static int kvHeads(JsonKeys keys, HfType type, int heads) {
    String key = "num_key_value_heads";
    boolean stated = keys.stated(key);
    int kvHeads = keys.count(key, stated ? heads : type.kvHeads().orElse(heads));
    Checks.require(
        heads % kvHeads == 0,
        "%s: num_attention_heads must be a multiple of num_key_value_heads but they are %d and %d%s",
        keys.file(),
        heads,
        kvHeads,
        stated ? "" : ", which it is to " + type.word() + " where the key is left out");
    return kvHeads;
  }

  private static int headSize(JsonKeys keys, HfType type, int dim, int heads) {
    Checks.require(
        type.headSize().isEmpty() || !keys.stated("head_dim") || keys.has("head_dim"),
        "%s: head_dim is null; give it a value, or leave it out for the default %d",
        keys.file(),
        type.headSize().orElse(0));
    if (keys.has("head_dim") || type.headSize().isPresent()) {
      int size = keys.count("head_dim", type.headSize().orElse(0));
      Checks.require(size % 2 == 0, "%s: head_dim must be even but is %d", keys.file(), size);
      return size;
    }
    Checks.require(
        dim % heads == 0 && dim / heads % 2 == 0,
        "%s: hidden_size %d is no even multiple of num_attention_heads %d, and head_dim is not given",
        keys.file(),
        dim,
        heads);
    return dim / heads;
  }

  private static void requireCausal(JsonKeys keys, HfType type) {
    JsonNode names = keys.node("architectures");
    Checks.require(
        names.isMissingNode() || names.isArray(),
        "%s: architectures must be a list of names but is %s",
        keys.file(),
        Shown.text(names));
    for (JsonNode name : names) {
      Checks.require(
          name.asText().endsWith("ForCausalLM"),
          "%s: architectures names %s, but only causal language models (...ForCausalLM) are read",
          keys.file(),
          Shown.text(name));
      Checks.require(
          name.asText().equalsIgnoreCase(type.architecture()),
          "%s: architectures names %s, which is not the model that model_type '%s' is",
          keys.file(),
          Shown.text(name),
          type.word());
    }
  }

  private static void requirePlain(JsonKeys keys, HfType type) {
    if (!type.isGemma()) { // which has hidden_activation for it
      keys.requireIs("hidden_act", TextNode.valueOf("silu"), "SwiGLU is built");
    }
    keys.requireIs("mlp_bias", BooleanNode.FALSE, "no bias is built");
    if (type != HfType.QWEN2) {
      keys.requireIs(
          "attention_bias",
          BooleanNode.FALSE,
          "biases of query, key and value are built for qwen2, one of the output is not");
    }
    Checks.require(
        !keys.has("quantization_config"),
        "%s: quantization_config says that the weights are quantised, which is not read; take the"
            + " model's original weights",
        keys.file());
  }
}
