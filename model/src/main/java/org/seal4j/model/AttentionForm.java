package org.seal4j.model;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * What attention of a family does differently from Llama's.
 *
 * @param scalar scores are divided by its square root; 0 for the size of a head
 * @param cap c in {@code c tanh(score / c)}, which bounds scaled scores (Gemma 2; Bello et al.
 *     2016, Neural Combinatorial Optimization with Reinforcement Learning); 0 for none
 * @param window tokens that a query of the layers with a window sees, itself included (Beltagy et
 *     al. 2020, Longformer); 0 where no layer has one
 * @param windowed the layers with the window, from 0 and ascending
 * @param windowTheta base of the rotary frequencies in these layers, which are not scaled there
 *     (Gemma 3); 0 where they are as in the others
 */
public record AttentionForm(
    double scalar, double cap, int window, List<Integer> windowed, double windowTheta) {
  /** The largest divisor and cap: their float32 is far from the ends of its range. */
  public static final double MOST = 1e12;

  public AttentionForm {
    windowed = List.copyOf(windowed);
    DecoderForm.requireLayers("layers with a window", windowed);
    Checks.require(
        scalar >= 0 && scalar <= MOST,
        "what scores are divided by the square root of must be from 0 to %s but was %s",
        MOST,
        scalar);
    Checks.require(
        cap >= 0 && cap <= MOST, "the cap of scores must be from 0 to %s but was %s", MOST, cap);
    Checks.require(
        windowed.isEmpty() ? window == 0 : window >= 1,
        "the window of layers %s must be >= 1, and 0 where no layer has one, but was %d",
        windowed,
        window);
    Checks.require(
        windowTheta == 0 || (windowTheta > 1 && !windowed.isEmpty()),
        "the rotary base of layers with a window must be > 1, and 0 where it is no other one, but"
            + " was %s",
        windowTheta);
  }

  /** Nothing: scores divided by the root of a head's size, over all tokens before. */
  public static AttentionForm plain() {
    return new AttentionForm(0, 0, 0, List.of(), 0);
  }

  /** The same with another divisor of scores, which is the square root of this. */
  public AttentionForm withScalar(double other) {
    return new AttentionForm(other, cap, window, windowed, windowTheta);
  }

  /** Whether a layer sees no further back than the window. */
  public boolean isWindowed(int layer) {
    return windowed.contains(layer);
  }

  /** The form of the first layers alone. */
  AttentionForm first(int layers) {
    List<Integer> kept = windowed.stream().filter(l -> l < layers).toList();
    return kept.isEmpty()
        ? new AttentionForm(scalar, cap, 0, kept, 0)
        : new AttentionForm(scalar, cap, window, kept, windowTheta);
  }
}
