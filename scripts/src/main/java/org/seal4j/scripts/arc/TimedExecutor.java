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
  private long edits;
  private long nanos;

  TimedExecutor(Executor<ArcContext, FewShotEdit> executor) {
    this.executor = executor;
  }

  @Override
  public void evaluate(List<EditJob<ArcContext, FewShotEdit>> jobs, Consumer<Outcome> inJobOrder) {
    long start = System.nanoTime();
    executor.evaluate(jobs, inJobOrder);
    if (jobs.stream().anyMatch(job -> job.edit().isPresent())) {
      nanos += System.nanoTime() - start;
      edits += jobs.stream().filter(job -> job.edit().isPresent()).count();
    }
  }

  /** Edits applied and scored in this process. */
  long edits() {
    return edits;
  }

  /** How many in a minute, all threads together; 0 where there was none. */
  double editsPerMinute() {
    return nanos == 0 ? 0 : edits * 60e9 / nanos;
  }
}
