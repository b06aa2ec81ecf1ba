package org.seal4j.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of all weights of a model, as Hugging Face checkpoints of Llama name them. */
public final class WeightNames {
  public static final String EMBEDDING = "model.embed_tokens.weight";
  public static final String PAIR_EMBEDDING = "model.embed_pair_positions.weight";
  public static final String FINAL_NORM = "model.norm.weight";
  public static final String HEAD = "lm_head";

  /** Norms of a layer, inside it. */
  static final String BEFORE_ATTENTION = ".input_layernorm.weight";

  /**
   * Of what attention gives; only Gemma's layers have it, others have the next norm by its name.
   */
  static final String AFTER_ATTENTION = ".post_attention_layernorm.weight";

  static final String AFTER_FEED_FORWARD = ".post_feedforward_layernorm.weight";

  private WeightNames() {}

  /** {@code model.layers.<layer>}. */
  public static String layer(int layer) {
    return "model.layers." + layer;
  }

  /** The norm before a layer's feed-forward. */
  static String beforeFeedForward(ModelConfig c) {
    return c.form().gemma() ? ".pre_feedforward_layernorm.weight" : AFTER_ATTENTION;
  }

  /** Whether a weight is the gain of a norm. */
  public static boolean isGain(String name) {
    return name.endsWith("norm.weight");
  }

  /**
   * Shape of every weight by name, in the order of the forward pass; linears are {@code [out, in]}.
   */
  public static Map<String, long[]> shapes(ModelConfig c) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(EMBEDDING, new long[] {c.vocabSize(), c.dim()});
    if (c.pairPositions() > 0) {
      shapes.put(PAIR_EMBEDDING, new long[] {c.pairPositions(), c.dim()});
    }
    for (int l = 0; l < c.layers(); l++) {
      String at = layer(l);
      shapes.put(at + BEFORE_ATTENTION, new long[] {c.dim()});
      linears(c)
          .forEach(
              (name, shape) -> {
                if (name.equals("mlp.gate_proj")) {
                  if (c.form().gemma()) {
                    shapes.put(at + AFTER_ATTENTION, new long[] {c.dim()});
                  }
                  shapes.put(at + beforeFeedForward(c), new long[] {c.dim()});
                }
                shapes.put(at + "." + name + ".weight", shape);
                boolean side = name.matches("self_attn\\.[qkv]_proj");
                if (c.qkvBias() && side) {
                  shapes.put(at + "." + name + ".bias", new long[] {shape[0]});
                }
                if (c.form().headNorms() && side && !name.contains(".v_")) {
                  String norm = name.replace("_proj", "_norm");
                  shapes.put(at + "." + norm + ".weight", new long[] {c.headSize()});
                }
              });
      if (c.form().gemma()) {
        shapes.put(at + AFTER_FEED_FORWARD, new long[] {c.dim()});
      }
    }
    shapes.put(FINAL_NORM, new long[] {c.dim()});
    if (!c.tiedHead()) {
      shapes.put(HEAD + ".weight", new long[] {c.vocabSize(), c.dim()});
    }
    return shapes;
  }

  /** Shape {@code [out, in]} of every linear of one layer by name inside the layer. */
  public static Map<String, long[]> linears(ModelConfig c) {
    long d = c.dim();
    long q = c.attention().queryWidth();
    long kv = c.attention().kvWidth();
    long ff = c.ffDim();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("self_attn.q_proj", new long[] {q, d});
    shapes.put("self_attn.k_proj", new long[] {kv, d});
    shapes.put("self_attn.v_proj", new long[] {kv, d});
    shapes.put("self_attn.o_proj", new long[] {d, q});
    shapes.put("mlp.gate_proj", new long[] {ff, d});
    shapes.put("mlp.up_proj", new long[] {ff, d});
    shapes.put("mlp.down_proj", new long[] {d, ff});
    return shapes;
  }

  /** The weight that a linear module multiplies with; a tied head has that of the embedding. */
  public static String weight(ModelConfig c, String module) {
    return module.equals(HEAD) && c.tiedHead() ? EMBEDDING : module + ".weight";
  }

  /**
   * Full module names of all linears that an adapter may target: every layer's seven, and the head.
   */
  public static Map<String, long[]> modules(ModelConfig c) {
    Map<String, long[]> modules = new LinkedHashMap<>();
    for (int l = 0; l < c.layers(); l++) {
      String at = layer(l);
      linears(c).forEach((name, shape) -> modules.put(at + "." + name, shape));
    }
    modules.put(HEAD, new long[] {c.vocabSize(), c.dim()});
    return modules;
  }
}
