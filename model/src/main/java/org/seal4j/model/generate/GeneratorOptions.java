package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;

/**
 * How prompts are put together. Answers do not depend on {@code maxRows}; the last bits of their
 * log-probabilities depend on {@code prefillChunk}.
 *
 * @param maxRows most prompts that are answered in one batch, all adapters together
 * @param prefillChunk prompt tokens that are read in one step
 */
public record GeneratorOptions(int maxRows, int prefillChunk) {
  public GeneratorOptions {
    Checks.require(maxRows >= 1, "generator.maxRows must be >= 1 but was %d", maxRows);
    Checks.require(
        prefillChunk >= 1, "generator.prefillChunk must be >= 1 but was %d", prefillChunk);
  }

  /** 64 prompts in one batch, 32 prompt tokens per step. */
  public static GeneratorOptions defaults() {
    return new GeneratorOptions(64, 32);
  }
}
