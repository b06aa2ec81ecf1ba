package org.seal4j.model;

import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.RopeConfig;
import org.seal4j.model.graph.RopeScaling;
import org.seal4j.model.kernel.AttentionShape;

/**
 * The sizes of a Llama-style decoder.
 *
 * @param vocabSize number of token ids v
 * @param dim width of the residual stream d
 * @param layers number of decoder layers
 * @param heads query heads h
 * @param kvHeads key and value heads; divides heads (grouped-query attention)
 * @param headSize size k of one head, even
 * @param ffDim inner width of the SwiGLU feed-forward
 * @param normEps epsilon of RMSNorm
 * @param ropeTheta base of the rotary frequencies; 10000 for long texts, 100 for grids of a few
 *     cells
 * @param ropeInterleaved true for llama2.c checkpoints, false for Hugging Face ones
 * @param tiedHead whether the output head is the embedding table
 * @param qkvBias whether query, key and value projections have a bias (Qwen2)
 * @param pairPositions size of the learned position-in-pair table; 0 for none
 * @param ropeScaling how rotary frequencies are lowered for long texts
 * @param form what its family does differently from Llama
 */
public record ModelConfig(
    int vocabSize,
    int dim,
    int layers,
    int heads,
    int kvHeads,
    int headSize,
    int ffDim,
    double normEps,
    double ropeTheta,
    boolean ropeInterleaved,
    boolean tiedHead,
    boolean qkvBias,
    int pairPositions,
    RopeScaling ropeScaling,
    DecoderForm form) {

  /** A model like Llama whose rotary frequencies are not scaled. */
  public ModelConfig(
      int vocabSize,
      int dim,
      int layers,
      int heads,
      int kvHeads,
      int headSize,
      int ffDim,
      double normEps,
      double ropeTheta,
      boolean ropeInterleaved,
      boolean tiedHead,
      boolean qkvBias,
      int pairPositions) {
    this(
        vocabSize,
        dim,
        layers,
        heads,
        kvHeads,
        headSize,
        ffDim,
        normEps,
        ropeTheta,
        ropeInterleaved,
        tiedHead,
        qkvBias,
        pairPositions,
        RopeScaling.none(),
        DecoderForm.llama());
  }

  public ModelConfig {
    Checks.require(vocabSize >= 2, "vocabSize must be >= 2 but was %d", vocabSize);
    Checks.require(dim >= 1, "dim must be >= 1 but was %d", dim);
    Checks.require(layers >= 1, "layers must be >= 1 but was %d", layers);
    Checks.require(
        kvHeads >= 1 && heads >= kvHeads && heads % kvHeads == 0,
        "heads must be a multiple of kvHeads but they are %d and %d",
        heads,
        kvHeads);
    Checks.require(
        headSize >= 2 && headSize % 2 == 0,
        "headSize must be even and >= 2 but was %d (rotary embedding turns pairs)",
        headSize);
    Checks.require(
        (long) heads * headSize <= Integer.MAX_VALUE,
        "heads times headSize must fit into 31 bits but they are %d and %d",
        heads,
        headSize);
    Checks.require(ffDim >= 1, "ffDim must be >= 1 but was %d", ffDim);
    Checks.require(normEps > 0, "normEps must be > 0 but was %s", normEps);
    Checks.require(ropeTheta > 1, "ropeTheta must be > 1 but was %s", ropeTheta);
    Checks.require(pairPositions >= 0, "pairPositions must be >= 0 but was %d", pairPositions);
    Checks.require(
        form.equals(form.first(layers)),
        "layers that are not rotated, or have a window, must be among the %d of the model but they"
            + " are %s and %s",
        layers,
        form.unrotated(),
        form.attention().windowed());
  }

  /** A decoder with one key-value head per query head, a separate output head and no biases. */
  public static ModelConfig small(int vocabSize, int dim, int layers, int heads, int ffDim) {
    Checks.require(
        heads >= 1 && dim % heads == 0,
        "dim must be a multiple of heads but they are %d and %d",
        dim,
        heads);
    return new ModelConfig(
        vocabSize,
        dim,
        layers,
        heads,
        heads,
        dim / heads,
        ffDim,
        1e-5,
        10000,
        false,
        false,
        false,
        0);
  }

  /** The same model with a learned position-in-pair table of this size and this rotary base. */
  public ModelConfig withPairPositions(int size, double theta) {
    return with(layers, theta, ropeInterleaved, size);
  }

  /** The same model with planes of rotation that are neighbours, or halves. */
  public ModelConfig withRopeInterleaved(boolean interleaved) {
    return with(layers, ropeTheta, interleaved, pairPositions);
  }

  /** The same model with another number of layers. */
  ModelConfig withLayers(int count) {
    return with(count, ropeTheta, ropeInterleaved, pairPositions);
  }

  private ModelConfig with(int count, double theta, boolean interleaved, int pairs) {
    return new ModelConfig(
        vocabSize,
        dim,
        count,
        heads,
        kvHeads,
        headSize,
        ffDim,
        normEps,
        theta,
        interleaved,
        tiedHead,
        qkvBias,
        pairs,
        ropeScaling,
        form.first(count));
  }

  /** Whether the model has a token id and, where it has positions in the pair, such a one. */
  public boolean hasToken(int id, int pairPosition) {
    boolean placed = pairPositions == 0 || (pairPosition >= 0 && pairPosition < pairPositions);
    return id >= 0 && id < vocabSize && placed;
  }

  /** Refuses a token for which {@link #hasToken} does not hold. */
  public void requireToken(String what, int id, int pairPosition) {
    if (!hasToken(id, pairPosition)) {
      String place = pairPositions == 0 ? "" : " and position " + pairPosition + " in the pair";
      String places = pairPositions == 0 ? "" : " and its positions 0 to " + (pairPositions - 1);
      throw Checks.refuse(
          "%s has id %d%s but the model's ids are 0 to %d%s",
          what, id, place, vocabSize - 1, places);
    }
  }

  /** Sizes of attention, the same in all layers. */
  public AttentionShape attention() {
    return new AttentionShape(heads, kvHeads, headSize);
  }

  /** Sizes and form of a layer's attention. */
  public AttentionShape attention(int layer) {
    AttentionForm own = form.attention();
    return attention()
        .with(
            own.scalar() == 0 ? headSize : own.scalar(),
            own.cap(),
            own.isWindowed(layer) ? own.window() : 0);
  }

  /** How positions rotate heads in layers without a window. */
  public RopeConfig rope() {
    return new RopeConfig(headSize, ropeTheta, ropeInterleaved, ropeScaling);
  }

  /** How positions rotate heads in a layer. */
  RopeConfig rope(int layer) {
    AttentionForm own = form.attention();
    return own.windowTheta() > 0 && own.isWindowed(layer)
        ? new RopeConfig(headSize, own.windowTheta(), ropeInterleaved)
        : rope();
  }

  /**
   * Part of the key by which pretrained models lie in the cache: these words never change. Models
   * that are pretrained here have the form of Llama, which it does not name.
   */
  public String cacheKey() {
    return ("ModelConfig[vocabSize=%s, dim=%s, layers=%s, heads=%s, kvHeads=%s, headSize=%s, "
            + "ffDim=%s, normEps=%s, ropeTheta=%s, ropeInterleaved=%s, tiedHead=%s, "
            + "qkvBias=%s, pairPositions=%s, ropeScaling=%s]")
        .formatted(
            vocabSize,
            dim,
            layers,
            heads,
            kvHeads,
            headSize,
            ffDim,
            normEps,
            ropeTheta,
            ropeInterleaved,
            tiedHead,
            qkvBias,
            pairPositions,
            ropeScaling.cacheKey());
  }
}
