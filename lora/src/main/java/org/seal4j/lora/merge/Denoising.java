package org.seal4j.lora.merge;

import org.seal4j.data.check.Checks;

/**
 * What of an adapter is dropped because of where it lies in the base, after SLoRA (Yang et al., ACL
 * 2026). Each update is taken apart into its singular components; the similarity of one is how far
 * it lies in the span of the first singular vectors of the base's weight, both sides multiplied: 0
 * to 1. A random direction has about the share of main ones, less where the weight is far from
 * square. Kept are the components outside of that span, or those inside of it.
 *
 * <p>{@link Kept#OUTSIDE} protects what the base knows, which its main directions hold. {@link
 * Kept#INSIDE} is the direction of SLoRA, which takes components unlike the base for noise.
 *
 * <p>Differs from SLoRA: a threshold decides for each component; there the number of leading
 * components is chosen whose span is most like the base's.
 *
 * @param threshold similarity in [0, 1]: outside keeps components up to it, and all of them at 1;
 *     inside keeps those from it on, and all of them at 0
 * @param share of the singular directions of each weight that are its main ones, in (0, 1]
 * @param kept components outside or inside of the main subspace
 */
public record Denoising(double threshold, double share, Kept kept) {
  /** Which components stay. */
  public enum Kept {
    /** Those that lie little in the base's main subspace. */
    OUTSIDE,
    /** Those that lie much in it. */
    INSIDE
  }

  public Denoising {
    Checks.require(
        threshold >= 0 && threshold <= 1,
        "the threshold of denoising must be in [0, 1] but was %s",
        threshold);
    Checks.require(
        share > 0 && share <= 1,
        "the share of main directions must be in (0, 1] but was %s; 0.125 is an eighth of them",
        share);
  }

  /** Whether a component of this similarity stays. */
  boolean keeps(double similarity) {
    return kept == Kept.OUTSIDE ? similarity <= threshold : similarity >= threshold;
  }
}
