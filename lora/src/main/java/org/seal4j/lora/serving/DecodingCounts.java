package org.seal4j.lora.serving;

import org.seal4j.model.generate.ContinuousBatch;

/** What a service has done so far, see {@link DecodingState}. */
record DecodingCounts(
    long finished,
    long cancelled,
    long failed,
    long tokensRead,
    long tokensReused,
    long tokensWritten,
    long prefixBytes) {
  static final DecodingCounts NONE = new DecodingCounts(0, 0, 0, 0, 0, 0, 0);

  /** With one more request that has ended. */
  DecodingCounts ended(DecodingJob.Outcome how) {
    return new DecodingCounts(
        finished + (how == DecodingJob.Outcome.FINISHED ? 1 : 0),
        cancelled + (how == DecodingJob.Outcome.CANCELLED ? 1 : 0),
        failed + (how == DecodingJob.Outcome.FAILED ? 1 : 0),
        tokensRead,
        tokensReused,
        tokensWritten,
        prefixBytes);
  }

  /** With what a batch has done. */
  DecodingCounts of(ContinuousBatch batch) {
    return new DecodingCounts(
        finished,
        cancelled,
        failed,
        batch.tokensRead(),
        batch.tokensReused(),
        batch.tokensWritten(),
        batch.prefixBytes());
  }

  DecodingState state(int running, int waiting, AdapterSlots slots) {
    return new DecodingState(
        running,
        waiting,
        finished,
        cancelled,
        failed,
        tokensRead,
        tokensReused,
        tokensWritten,
        prefixBytes,
        slots.held(),
        slots.swaps());
  }
}
