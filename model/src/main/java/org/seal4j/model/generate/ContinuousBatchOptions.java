package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;
import org.seal4j.model.ModelConfig;

/**
 * The sizes of a {@link ContinuousBatch}. No answer depends on them, but for the last bits of its
 * log-probabilities on {@code prefillChunk}.
 *
 * @param maxRows most requests that are answered at once
 * @param cacheTokens tokens that all of them hold together, prompts and answers
 * @param prefillChunk prompt tokens that are read in one step
 * @param prefixBytes memory for what prompts begin with; 0 keeps nothing
 */
public record ContinuousBatchOptions(
    int maxRows, int cacheTokens, int prefillChunk, long prefixBytes) {
  public ContinuousBatchOptions {
    Checks.require(maxRows >= 1, "maxRows must be >= 1 but was %d", maxRows);
    Checks.require(cacheTokens >= 1, "cacheTokens must be >= 1 but was %d", cacheTokens);
    Checks.require(prefillChunk >= 1, "prefillChunk must be >= 1 but was %d", prefillChunk);
    Checks.require(prefixBytes >= 0, "prefixBytes must be >= 0 but was %d", prefixBytes);
  }

  /** What the cache takes on the Java heap from the start, without what prompts begin with. */
  public double cacheBytes(ModelConfig config) {
    return RowMemory.bytes(config, cacheTokens);
  }
}
