package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;

/**
 * How prompts are put together. Answers do not depend on {@code maxRows}; the last bits of their
 * log-probabilities depend on the other two.
 *
 * @param maxRows most prompts that are answered in one batch, all adapters together
 * @param rowsPerCall rows of one call of a matrix product; batches are padded to multiples. 4 and 8
 *     make answers independent of the batch to the last bit. Small models lose nothing by it; for a
 *     model whose weights do not fit the processor's cache take the usual number of prompts
 * @param prefillChunk prompt tokens that are read in one step
 */
public record GeneratorOptions(int maxRows, int rowsPerCall, int prefillChunk) {
  public GeneratorOptions {
    Checks.require(maxRows >= 1, "generator.maxRows must be >= 1 but was %d", maxRows);
    Checks.require(rowsPerCall >= 1, "generator.rowsPerCall must be >= 1 but was %d", rowsPerCall);
    Checks.require(
        prefillChunk >= 1, "generator.prefillChunk must be >= 1 but was %d", prefillChunk);
  }

  /** 64 prompts in one batch, 4 rows per call, 32 prompt tokens per step. */
  public static GeneratorOptions defaults() {
    return new GeneratorOptions(64, 4, 32);
  }
}
