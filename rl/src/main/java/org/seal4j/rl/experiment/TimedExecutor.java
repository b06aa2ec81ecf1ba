package org.seal4j.rl.experiment;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.seal4j.rl.Context;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.SelfEdit;

/** Counts the edits that an executor evaluates, and the time they take. */
public final class TimedExecutor<C extends Context, E extends SelfEdit> implements Executor<C, E> {
  private final Executor<C, E> executor;
  private final int threads;
  private long edits;
  private long nanos;

  public TimedExecutor(Executor<C, E> executor, int threads) {
    this.executor = executor;
    this.threads = threads;
  }

  @Override
  public void evaluate(
      List<EditJob<C, E>> jobs, Consumer<Outcome> inJobOrder, IntConsumer finished) {
    timed(executor, jobs, inJobOrder, finished);
  }

  /** Evaluates with another executor, and counts that among its own. */
  public Executor<C, E> with(Executor<C, E> other) {
    return (jobs, inJobOrder, finished) -> timed(other, jobs, inJobOrder, finished);
  }

  private void timed(
      Executor<C, E> by,
      List<EditJob<C, E>> jobs,
      Consumer<Outcome> inJobOrder,
      IntConsumer finished) {
    long start = System.nanoTime();
    by.evaluate(jobs, inJobOrder, finished);
    long adapted = jobs.stream().filter(job -> job.edit().isPresent()).count();
    if (adapted > 0) {
      nanos += System.nanoTime() - start;
      edits += adapted;
    }
  }

  /** So far. */
  public EditSpeed speed() {
    int cores = Math.min(threads, Runtime.getRuntime().availableProcessors());
    return new EditSpeed(edits, nanos * 1e-9, cores);
  }
}
