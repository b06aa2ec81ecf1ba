package org.seal4j.rl.experiment;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.train.BatchSource;

/**
 * Makes the next batch while a step runs, on a thread of its own. Batches are pure functions of
 * their number, so this changes no bits.
 */
final class BatchesAhead implements AutoCloseable {
  private final BatchSource source;
  private final long end;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "batches");
            made.setDaemon(true);
            return made;
          });
  private long made;
  private CompletableFuture<List<TokenSequence>> ahead;

  /**
   * @param first number of the first batch
   * @param end one more than the number of the last
   */
  BatchesAhead(BatchSource source, long first, long end) {
    this.source = source;
    this.end = end;
    this.made = first;
    this.ahead = make();
  }

  private CompletableFuture<List<TokenSequence>> make() {
    long number = made++;
    return number < end
        ? CompletableFuture.supplyAsync(() -> source.batch(number), thread)
        : CompletableFuture.completedFuture(List.of());
  }

  /** The batches in order. */
  List<TokenSequence> next() {
    try {
      List<TokenSequence> batch = ahead.join();
      ahead = make();
      return batch;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
