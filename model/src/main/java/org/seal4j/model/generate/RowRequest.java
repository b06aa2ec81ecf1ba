package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;

/**
 * What a row of a {@link ContinuousBatch} is to answer.
 *
 * @param prompt to be continued; its adapter is not looked at
 * @param config how the answer is written
 * @param adapter place of the adapter in the {@link RowBank}, {@link RowBank#NONE} for none; it
 *     must hold the same adapter until the row has left
 * @param reader by which the beginnings of prompts are known again: what is read depends on the
 *     weights and the adapter, so that name stands for both. The same name must never be given to
 *     another adapter
 */
public record RowRequest(Prompt prompt, GenerationConfig config, int adapter, String reader) {
  public RowRequest {
    Checks.require(adapter >= RowBank.NONE, "a row's adapter must be >= -1 but was %d", adapter);
  }

  /** Tokens of the prompt that are cached before the first one is written: all but the last. */
  int cached() {
    return prompt.tokens().length() - 1;
  }

  /** Tokens that the row may need in the cache, read in chunks. */
  long room(int chunk) {
    long read = (cached() + chunk - 1L) / chunk * chunk;
    return Math.max(read, (long) cached() + config.stop().maxNewTokens());
  }
}
