package org.seal4j.lora.serving;

import java.time.Duration;
import org.seal4j.data.check.Checks;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.generate.ContinuousBatchOptions;

/**
 * The sizes and limits of a {@link BatchedDecoding}. No answer depends on them, but for the last
 * bits of its log-probabilities on {@code prefillChunk}.
 *
 * @param maxRows most requests that are answered at once
 * @param cacheTokens tokens that they hold together, prompts and answers
 * @param prefillChunk prompt tokens that are read between two tokens of the others; 64 as {@code
 *     seal generate} reads
 * @param prefixBytes memory for what prompts begin with, 0 for none
 * @param adapterSlots adapters that can answer at once
 * @param maxRank largest rank of an adapter, or of the sum of several
 * @param maxWaiting requests that may wait
 * @param maxUnsent tokens that a sink may be behind before its request pauses
 * @param stall how long it may pause before it fails
 */
public record DecodingOptions(
    int maxRows,
    int cacheTokens,
    int prefillChunk,
    long prefixBytes,
    int adapterSlots,
    int maxRank,
    int maxWaiting,
    int maxUnsent,
    Duration stall) {
  public DecodingOptions {
    Checks.require(adapterSlots >= 1, "adapterSlots must be >= 1 but was %d", adapterSlots);
    Checks.require(maxRank >= 1, "maxRank must be >= 1 but was %d", maxRank);
    Checks.require(maxWaiting >= 0, "maxWaiting must be >= 0 but was %d", maxWaiting);
    Checks.require(maxUnsent >= 1, "maxUnsent must be >= 1 but was %d", maxUnsent);
    Checks.require(!stall.isNegative(), "stall must be >= 0 but was %s", stall);
    new ContinuousBatchOptions(maxRows, cacheTokens, prefillChunk, prefixBytes);
  }

  /**
   * 16 rows that share 8,192 tokens, chunks of 64, 256 MiB of prompts, 8 adapters of a rank up to
   * 64, 64 waiting requests, sinks that may be 256 tokens or 30 seconds behind.
   */
  public static DecodingOptions defaults() {
    return new DecodingOptions(16, 8192, 64, 256L << 20, 8, 64, 64, 256, Duration.ofSeconds(30));
  }

  /** What the cache takes on the Java heap from the start, without what prompts begin with. */
  public double cacheBytes(ModelConfig config) {
    return batch().cacheBytes(config);
  }

  ContinuousBatchOptions batch() {
    return new ContinuousBatchOptions(maxRows, cacheTokens, prefillChunk, prefixBytes);
  }
}
