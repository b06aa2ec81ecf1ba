package org.seal4j.model;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * What a family of decoders does differently from Llama, beside its sizes.
 *
 * @param headNorms whether each head of query and key is normalised before it is rotated, by gains
 *     {@code [k]} that all heads of a layer share (Qwen3; Henry et al. 2020, Query-Key
 *     Normalization for Transformers)
 * @param unrotated the layers whose queries and keys are not rotated, so that they see no
 *     positions, from 0 and ascending (SmolLM3; Yang et al. 2025, Rope to Nope and Back Again)
 */
public record DecoderForm(boolean headNorms, List<Integer> unrotated) {
  public DecoderForm {
    unrotated = List.copyOf(unrotated);
    for (int i = 0; i < unrotated.size(); i++) {
      Checks.require(
          unrotated.get(i) >= 0 && (i == 0 || unrotated.get(i) > unrotated.get(i - 1)),
          "layers that are not rotated must be numbers from 0, ascending, but they are %s",
          unrotated);
    }
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
    return new DecoderForm(headNorms, unrotated.stream().filter(l -> l < layers).toList());
  }
}
