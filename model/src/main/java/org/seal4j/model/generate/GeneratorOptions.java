package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;

/**
 * How prompts are put together. Answers do not depend on {@code maxRows}; the last bits of their
 * log-probabilities depend on {@code prefillChunk}.
 *
 * @param maxRows most prompts that are answered in one batch, all adapters together
 * @param prefillChunk prompt tokens that are read in one step
 * @param alike whether the calls have much in common: what prompts of one adapter begin with is
 *     kept from call to call, and where several prompts part they are read in pieces of a chunk.
 *     Weights and adapter must then stay as they are
 */
public record GeneratorOptions(int maxRows, int prefillChunk, boolean alike) {
  public GeneratorOptions {
    Checks.require(maxRows >= 1, "generator.maxRows must be >= 1 but was %d", maxRows);
    Checks.require(
        prefillChunk >= 1, "generator.prefillChunk must be >= 1 but was %d", prefillChunk);
  }

  /** For calls that have nothing in common. */
  public GeneratorOptions(int maxRows, int prefillChunk) {
    this(maxRows, prefillChunk, false);
  }

  /** 64 prompts in one batch, 32 prompt tokens per step. */
  public static GeneratorOptions defaults() {
    return new GeneratorOptions(64, 32);
  }

  /** For prompts that begin alike, call after call, to a model that is not trained in between. */
  public static GeneratorOptions alike(int maxRows) {
    return new GeneratorOptions(maxRows, 64, true);
  }

  /** Where a chunk may be cut: pieces pay where several prompts are read in one call. */
  Pieces pieces() {
    return alike && maxRows > 1 ? Pieces.ofTwelve(prefillChunk) : Pieces.whole(prefillChunk);
  }
}
