package org.seal4j.scripts.arc;

import java.util.List;
import java.util.function.Consumer;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.edit.FewShotEdit;
import org.seal4j.rl.local.ArcContext;

/** Counts the edits that an executor evaluates, and the time they take. */
final class TimedExecutor implements Executor<ArcContext, FewShotEdit> {
  private final Executor<ArcContext, FewShotEdit> executor;
  private final int threads;
  private long edits;
  private long nanos;

  TimedExecutor(Executor<ArcContext, FewShotEdit> executor, int threads) {
    this.executor = executor;
    this.threads = threads;
  }

  @Override
  public void evaluate(List<EditJob<ArcContext, FewShotEdit>> jobs, Consumer<Outcome> inJobOrder) {
    long start = System.nanoTime();
    executor.evaluate(jobs, inJobOrder);
    long adapted = jobs.stream().filter(job -> job.edit().isPresent()).count();
    if (adapted > 0) {
      nanos += System.nanoTime() - start;
      edits += adapted;
    }
  }

  /** So far. */
  EditSpeed speed() {
    int cores = Math.min(threads, Runtime.getRuntime().availableProcessors());
    return new EditSpeed(edits, nanos * 1e-9, cores);
  }
}
