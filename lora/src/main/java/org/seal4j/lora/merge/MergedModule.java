package org.seal4j.lora.merge;

/**
 * What a merge makes of one weight: {@code W' = scale (W + D)}.
 *
 * @param scale on both, above 0; where it is not 1 there is no adapter that does the same
 * @param update D
 */
public record MergedModule(double scale, LowRankUpdate update) {
  /** Adds an update to a weight that stays what it is. */
  public MergedModule(LowRankUpdate update) {
    this(1, update);
  }
}
