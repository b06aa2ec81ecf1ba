package org.seal4j.model;

import java.util.List;
import java.util.function.Predicate;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.AddBias;
import org.seal4j.model.graph.CausalAttention;
import org.seal4j.model.graph.Embedding;
import org.seal4j.model.graph.GeGlu;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.Reshape;
import org.seal4j.model.graph.RmsNorm;
import org.seal4j.model.graph.Rope;
import org.seal4j.model.graph.Scale;
import org.seal4j.model.graph.Scope;
import org.seal4j.model.graph.SoftCap;
import org.seal4j.model.graph.SwiGlu;

/**
 * A Llama-style decoder written into a graph: pre-norm blocks of grouped-query attention with
 * rotary positions and SwiGLU (Touvron et al. 2023), with what other families do differently
 * ({@link DecoderForm}), read from top to bottom in {@link #logits}.
 */
public final class CausalLm {
  private final Graph graph;
  private final Weights weights;
  private final ModelConfig config;
  private final Predicate<String> trainable;
  private final LinearLayer linear;

  private CausalLm(Graph graph, Weights weights, Predicate<String> trainable, LinearLayer linear) {
    this.graph = graph;
    this.weights = weights;
    this.config = weights.config();
    this.trainable = trainable;
    this.linear = linear;
  }

  /** A decoder whose linears are its own. {@code trainable} says which weights are variables. */
  public static CausalLm of(Graph graph, Weights weights, Predicate<String> trainable) {
    return new CausalLm(
        graph, weights, trainable, baseLinear(graph, weights, trainable, Products.inCalls(1)));
  }

  /** A decoder with all weights frozen and its linears applied by {@code linear} (adapters). */
  public static CausalLm frozen(Graph graph, Weights weights, LinearLayer linear) {
    return new CausalLm(graph, weights, name -> false, linear);
  }

  /**
   * The base product {@code x w^T (+ bias)} of each module.
   *
   * @param products how they are computed
   */
  public static LinearLayer baseLinear(
      Graph graph, Weights weights, Predicate<String> trainable, Products products) {
    return (module, x) -> {
      String name = WeightNames.weight(weights.config(), module);
      SDVariable y =
          products.linear(
              graph, x, name, () -> graph.parameter(name, weights.get(name), trainable.test(name)));
      String bias = module + ".bias";
      if (weights.has(bias)) {
        y = AddBias.of(graph, y, graph.parameter(bias, weights.get(bias), trainable.test(bias)));
      }
      return y;
    };
  }

  /**
   * Attention of every sequence over itself, for {@code batch} sequences of equal padded length.
   */
  public static AttentionLayer fullAttention(Graph graph, ModelConfig config, int batch) {
    return (layer, q, k, v) ->
        CausalAttention.of(graph, List.of(q, k, v), config.attention(layer), batch);
  }

  /**
   * The forward pass: in the placeholders over {@code [b * t]} tokens, out logits {@code [b * t,
   * v]} named {@code logits}.
   */
  public SDVariable logits(LmInputs in, AttentionLayer attention) {
    return head(layers(0, config.layers(), embedding(in), in, attention));
  }

  /** Tokens, and where the task has them, positions in the pair: {@code [b * t, d]}. */
  public SDVariable embedding(LmInputs in) {
    SDVariable ids = Checks.present(in.ids(), "these inputs have no tokens to be embedded");
    SDVariable x = Embedding.of(graph, weight(WeightNames.EMBEDDING), ids);
    if (config.form().gemma()) {
      x = Scale.of(graph, x, Math.sqrt(config.dim()));
    }
    SDVariable pair = in.pairPositions();
    if (pair != null) {
      x = Add.of(graph, x, Embedding.of(graph, weight(WeightNames.PAIR_EMBEDDING), pair));
    }
    return graph.name(x, "embedding");
  }

  /**
   * What some of the layers make of their input.
   *
   * @param from the first
   * @param to the layer after the last
   * @param below {@code [b * t, d]}: the embedding, or what the layer below gave
   */
  public SDVariable layers(
      int from, int to, SDVariable below, LmInputs in, AttentionLayer attention) {
    SDVariable x = below;
    for (int l = from; l < to; l++) {
      String at = WeightNames.layer(l);
      boolean gemma = config.form().gemma();
      Scope scope = new Scope("layers." + l);
      // Attention: normalise, project, place, mix, project back, normalise again if Gemma, add.
      SDVariable h = norm(at + WeightNames.BEFORE_ATTENTION, x, scope.name("attn.norm"));
      SDVariable q = placed(l, "q", project(at + ".self_attn.q_proj", h, scope), in);
      SDVariable k = placed(l, "k", project(at + ".self_attn.k_proj", h, scope), in);
      SDVariable v = project(at + ".self_attn.v_proj", h, scope);
      SDVariable mixed = graph.name(attention.attend(l, q, k, v), scope.name("attn.mixed"));
      SDVariable y = project(at + ".self_attn.o_proj", mixed, scope);
      y = gemma ? norm(at + WeightNames.AFTER_ATTENTION, y, scope.name("attn.out_norm")) : y;
      x = graph.name(Add.of(graph, x, y), scope.name("attn"));
      // Feed-forward: normalise, gate, project back, normalise again if Gemma, add.
      h = norm(at + WeightNames.beforeFeedForward(config), x, scope.name("mlp.norm"));
      SDVariable gate = project(at + ".mlp.gate_proj", h, scope);
      SDVariable up = project(at + ".mlp.up_proj", h, scope);
      SDVariable inner = gemma ? GeGlu.of(graph, gate, up) : SwiGlu.of(graph, gate, up);
      y = project(at + ".mlp.down_proj", graph.name(inner, scope.name("mlp.inner")), scope);
      y = gemma ? norm(at + WeightNames.AFTER_FEED_FORWARD, y, scope.name("mlp.out_norm")) : y;
      x = graph.name(Add.of(graph, x, y), scope.name("mlp"));
    }
    return x;
  }

  /** Logits {@code [n, v]} of so many rows of what the last layer gave. */
  public SDVariable head(SDVariable x) {
    SDVariable logits = linear.apply(WeightNames.HEAD, normed(x));
    double cap = config.form().logitCap();
    return graph.name(cap > 0 ? SoftCap.of(graph, logits, cap) : logits, "logits");
  }

  /** What the head reads: so many rows of what the last layer gave, normalised, {@code [n, d]}. */
  private SDVariable normed(SDVariable x) {
    return norm(WeightNames.FINAL_NORM, x, "norm");
  }

  /**
   * The forward pass up to the head: the last hidden states {@code [b * t, d]}, named {@code norm}.
   */
  public SDVariable states(LmInputs in, AttentionLayer attention) {
    return normed(layers(0, config.layers(), embedding(in), in, attention));
  }

  /** The forward pass over whole sequences, b of t tokens each, whose inputs it declares. */
  public SDVariable logits(int batch, int time) {
    LmInputs inputs = LmInputs.declare(graph, config, (long) batch * time);
    return logits(inputs, fullAttention(graph, config, batch));
  }

  private SDVariable weight(String name) {
    return graph.parameter(name, weights.get(name), trainable.test(name));
  }

  private SDVariable norm(String gain, SDVariable x, String name) {
    return graph.name(RmsNorm.of(graph, x, weight(gain), config.normEps()), name);
  }

  /**
   * Queries or keys ready for attention: each head normalised and rotated, where the form says so.
   *
   * @param side q or k
   * @param x {@code [b * t, heads * k]}
   */
  private SDVariable placed(int layer, String side, SDVariable x, LmInputs in) {
    Scope scope = new Scope("layers." + layer);
    SDVariable heads = x;
    if (config.form().headNorms()) {
      String gain = WeightNames.layer(layer) + ".self_attn." + side + "_norm.weight";
      long[] whole = graph.shape(x);
      SDVariable rows =
          Reshape.of(graph, x, graph.length(x) / config.headSize(), config.headSize());
      heads = Reshape.of(graph, norm(gain, rows, scope.name("attn." + side + "_norm")), whole);
    }
    return config.form().rotates(layer)
        ? graph.name(
            Rope.of(graph, heads, in.positions(), config.rope(layer)), scope.name("attn." + side))
        : heads;
  }

  private SDVariable project(String module, SDVariable x, Scope scope) {
    String leaf = module.substring(module.indexOf('.', "model.layers.".length()) + 1);
    return graph.name(linear.apply(module, x), scope.name(leaf));
  }
}
