package org.seal4j.model;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * What a family of decoders does differently from Llama, beside its sizes.
 *
 * @param headNorms whether each head of query and key is normalised before it is rotated, by gains
 *     {@code [k]} that all heads of a layer share (Qwen3, Gemma 3; Henry et al. 2020, Query-Key
 *     Normalization for Transformers)
 * @param unrotated the layers whose queries and keys are not rotated, so that they see no
 *     positions, from 0 and ascending (SmolLM3; Yang et al. 2025, Rope to Nope and Back Again)
 * @param gemma whether layers are built as Gemma 2's (Gemma Team 2024): embeddings are multiplied
 *     by the root of their width, what attention and feed-forward give is normalised once more
 *     before it is added, and the gate is a GELU. Files of Hugging Face hold gains less one; here
 *     they are what the norm multiplies by, so that training them, and its weight decay, is that of
 *     other families
 * @param attention what attention does differently
 * @param logitCap c in {@code c tanh(logit / c)}, which bounds logits (Gemma 2); 0 for none
 */
public record DecoderForm(
    boolean headNorms,
    List<Integer> unrotated,
    boolean gemma,
    AttentionForm attention,
    double logitCap) {
  public DecoderForm {
    unrotated = List.copyOf(unrotated);
    requireLayers("layers that are not rotated", unrotated);
    Checks.require(
        logitCap >= 0 && logitCap <= AttentionForm.MOST,
        "the cap of logits must be from 0 to %s but was %s",
        AttentionForm.MOST,
        logitCap);
  }

  /** A form with layers and attention like Llama's. */
  public DecoderForm(boolean headNorms, List<Integer> unrotated) {
    this(headNorms, unrotated, false, AttentionForm.plain(), 0);
  }

  /** That of Llama, Mistral and Qwen2. */
  public static DecoderForm llama() {
    return new DecoderForm(false, List.of());
  }

  /** That of Qwen3: heads of query and key are normalised. */
  public static DecoderForm qwen3() {
    return new DecoderForm(true, List.of());
  }

  /**
   * That of SmolLM3.
   *
   * @param unrotated the layers that see no positions
   */
  public static DecoderForm smollm3(List<Integer> unrotated) {
    return new DecoderForm(false, unrotated);
  }

  /**
   * That of Gemma 2.
   *
   * @param attention with its cap and window
   * @param logitCap the cap of logits; 0 for none
   */
  public static DecoderForm gemma2(AttentionForm attention, double logitCap) {
    return new DecoderForm(false, List.of(), true, attention, logitCap);
  }

  /**
   * That of Gemma 3: as Gemma 2, and heads of query and key are normalised.
   *
   * @param attention with its window, and the rotary base there
   * @param logitCap the cap of logits; 0 for none
   */
  public static DecoderForm gemma3(AttentionForm attention, double logitCap) {
    return new DecoderForm(true, List.of(), true, attention, logitCap);
  }

  /** Whether it differs from Llama in nothing. */
  public boolean sameAsLlama() {
    return equals(llama());
  }

  /** Whether queries and keys of a layer are rotated by their positions. */
  public boolean rotates(int layer) {
    return !unrotated.contains(layer);
  }

  /** The form of the first layers alone. */
  DecoderForm first(int layers) {
    List<Integer> kept = unrotated.stream().filter(l -> l < layers).toList();
    return new DecoderForm(headNorms, kept, gemma, attention.first(layers), logitCap);
  }

  /** Refuses what is no ascending list of layers. */
  static void requireLayers(String what, List<Integer> layers) {
    for (int i = 0; i < layers.size(); i++) {
      Checks.require(
          layers.get(i) >= 0 && (i == 0 || layers.get(i) > layers.get(i - 1)),
          "%s must be numbers from 0, ascending, but they are %s",
          what,
          layers);
    }
  }
}
