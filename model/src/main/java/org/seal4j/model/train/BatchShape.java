package org.seal4j.model.train;

import org.seal4j.data.check.Checks;

/**
 * The fixed shape of a plan's batches.
 *
 * @param batch sequences b
 * @param time tokens t per sequence, padding included
 */
public record BatchShape(int batch, int time) {
  public BatchShape {
    Checks.require(
        batch >= 1 && time >= 1,
        "batch shape must be at least [1, 1] but was [%d, %d]",
        batch,
        time);
    Checks.require(
        (long) batch * time <= Integer.MAX_VALUE,
        "a batch of %,d texts of %,d tokens has more rows than the largest array holds (%,d); make it"
            + " smaller",
        batch,
        time,
        Integer.MAX_VALUE);
  }

  /** {@code b * t}. */
  public int rows() {
    return batch * time;
  }

  /** Part of the key by which pretrained models lie in the cache: these words never change. */
  public String cacheKey() {
    return "BatchShape[batch=%s, time=%s]".formatted(batch, time);
  }
}
