package org.seal4j.model.generate;

/** Hears what becomes of one row of a {@link ContinuousBatch}, on the thread that runs it. */
public interface RowListener {
  /** A token was written. */
  void written(ChosenToken token);

  /** The answer has ended; the row has left. */
  void ended(StopReason reason);

  /** The answer cannot go on; the row has left. Others are not touched. */
  void failed(RuntimeException error);
}
