package org.seal4j.data.arc;

/**
 * Which augmentation tools of a self-edit are on (docs/seal.md §3.2).
 *
 * @param basic rotations, flips, transpose and the like
 * @param size enlarging; not offered by {@link AugmentationSchema#COMPACT}
 * @param chain two steps one after the other
 * @param repeat tiles; in {@link AugmentationSchema#COMPACT} a second pass in another order
 * @param color colour permutations; only offered by {@link AugmentationSchema#COMPACT}
 */
public record AugmentationFlags(
    boolean basic, boolean size, boolean chain, boolean repeat, boolean color) {
  /** Every tool off. */
  public static AugmentationFlags none() {
    return new AugmentationFlags(false, false, false, false, false);
  }
}
