package org.seal4j.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.JsonKeys;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.graph.RopeScaling;

/**
 * {@code config.json} of a Hugging Face model as sizes of ours. JsonKeys that change the arithmetic
 * in a way that is not built are refused by name; keys that do not (dropout, caches, versions) are
 * passed over. Defaults are those of the configuration classes of transformers 4.
 *
 * @param model the sizes
 * @param context {@code max_position_embeddings}: tokens of the longest text the model was made for
 */
record HfConfig(ModelConfig model, int context) {
  /** The architectures that are read, by {@code model_type}. */
  static final Set<String> TYPES = new TreeSet<>(Set.of("llama", "mistral", "qwen2"));

  private static final int DEFAULT_CONTEXT = 2048;

  /** Bounds far above any model, so that a damaged number is a refusal and not an overflow. */
  private static final int MOST_LAYERS = 4096;

  private static final int WIDEST = 1 << 24;

  static HfConfig read(Path file) {
    JsonKeys keys = new JsonKeys(file, Json.read(file, JsonNode.class));
    String type = keys.text("model_type");
    Checks.require(
        TYPES.contains(type),
        "%s: model_type '%s' is not supported; supported are %s",
        file,
        Shown.text(type),
        TYPES);
    requireCausal(keys);
    requirePlain(keys, type);
    int context = keys.count("max_position_embeddings", DEFAULT_CONTEXT);
    requireFullAttention(keys, type, context);
    int dim = keys.count("hidden_size");
    int heads = keys.count("num_attention_heads");
    // Only llama has a default that follows the other keys.
    int kvHeads =
        type.equals("llama")
            ? keys.count("num_key_value_heads", heads)
            : keys.count("num_key_value_heads");
    if (!keys.has("head_dim")) {
      Checks.require(
          dim % heads == 0,
          "%s: hidden_size %d is no multiple of num_attention_heads %d, and head_dim is not given",
          file,
          dim,
          heads);
    }
    long width = (long) heads * keys.count("head_dim", Math.max(1, dim / heads));
    int layers = keys.count("num_hidden_layers");
    Checks.require(
        layers <= MOST_LAYERS && Math.max(dim, width) <= WIDEST,
        "%s: %d layers, hidden_size %d and heads of %d numbers together are no real model",
        file,
        layers,
        dim,
        width);
    ModelConfig model =
        new ModelConfig(
            keys.count("vocab_size"),
            dim,
            layers,
            heads,
            kvHeads,
            keys.count("head_dim", dim / heads),
            keys.count("intermediate_size"),
            keys.number("rms_norm_eps", 1e-6),
            theta(keys),
            false,
            keys.flag("tie_word_embeddings", false),
            type.equals("qwen2"),
            0,
            scaling(keys, context));
    return new HfConfig(model, context);
  }

  private static void requireCausal(JsonKeys keys) {
    for (JsonNode name : keys.node("architectures")) {
      Checks.require(
          name.asText().endsWith("ForCausalLM"),
          "%s: architectures names %s, but only causal language models (...ForCausalLM) are read",
          keys.file(),
          Shown.text(name));
    }
  }

  private static void requirePlain(JsonKeys keys, String type) {
    keys.requireIs("hidden_act", JsonNodeFactory.instance.textNode("silu"), "SwiGLU is built");
    keys.requireIs("mlp_bias", JsonNodeFactory.instance.booleanNode(false), "no bias is built");
    if (!type.equals("qwen2")) {
      keys.requireIs(
          "attention_bias",
          JsonNodeFactory.instance.booleanNode(false),
          "biases of query, key and value are built for qwen2, one of the output is not");
    }
    Checks.require(
        keys.number("partial_rotary_factor", 1) == 1,
        "%s: partial_rotary_factor is %s but heads are rotated in full",
        keys.file(),
        keys.number("partial_rotary_factor", 1));
    Checks.require(
        !keys.has("quantization_config"),
        "%s: quantization_config says that the weights are quantised, which is not read; take the"
            + " model's original weights",
        keys.file());
  }

  /** A window that no text of the model's length reaches past is no window. */
  private static void requireFullAttention(JsonKeys keys, String type, int context) {
    boolean used = !type.equals("qwen2") || keys.flag("use_sliding_window", false);
    boolean within = keys.has("sliding_window") && keys.count("sliding_window") < context;
    Checks.require(
        type.equals("llama") || !used || !within,
        "%s: sliding_window %s is shorter than max_position_embeddings %d, and windowed attention"
            + " is not built; for texts within the window, set max_position_embeddings to it",
        keys.file(),
        Shown.text(keys.node("sliding_window")),
        context);
    for (JsonNode layer : keys.node("layer_types")) {
      Checks.require(
          layer.asText().equals("full_attention"),
          "%s: layer_types names %s but only full_attention is built",
          keys.file(),
          Shown.text(layer));
    }
  }

  private static double theta(JsonKeys keys) {
    JsonKeys parameters = keys.inner("rope_parameters");
    return parameters.number("rope_theta", keys.number("rope_theta", 10000));
  }

  private static RopeScaling scaling(JsonKeys keys, int context) {
    JsonKeys scaling = keys.inner(keys.has("rope_parameters") ? "rope_parameters" : "rope_scaling");
    if (!scaling.has("rope_type") && !scaling.has("type")) {
      Checks.require(
          !scaling.has("factor"), "%s: rope_scaling must say its rope_type", keys.file());
      return RopeScaling.none();
    }
    String type = scaling.text(scaling.has("rope_type") ? "rope_type" : "type");
    return switch (type) {
      case "default" -> RopeScaling.none();
      case "linear" -> RopeScaling.linear(scaling.number("factor"));
      case "llama3" ->
          RopeScaling.llama3(
              scaling.number("factor"),
              scaling.number("low_freq_factor"),
              scaling.number("high_freq_factor"),
              scaling.count("original_max_position_embeddings", context));
      default ->
          throw Checks.refuse(
              "%s: rope scaling '%s' is not supported; supported are %s",
              keys.file(), Shown.text(type), List.of("default", "linear", "llama3"));
    };
  }
}
