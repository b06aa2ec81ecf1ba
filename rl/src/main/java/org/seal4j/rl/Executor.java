package org.seal4j.rl;

import java.util.List;
import java.util.function.Consumer;
import org.seal4j.rl.edit.SelfEdit;

/**
 * Evaluates self-edits: inner loop plus grader. For the current weights of the model, an outcome is
 * a pure function of (context, edit, seeds): neither the other jobs nor the number of workers nor
 * an interruption changes it.
 */
public interface Executor<C extends Context, E extends SelfEdit> {
  /**
   * Evaluates every job and hands the outcomes over in job order, each as soon as it and all before
   * it are known. The consumer is called on the calling thread; if it throws, the evaluation stops.
   */
  void evaluate(List<EditJob<C, E>> jobs, Consumer<Outcome> inJobOrder);

  /**
   * The same, and tells how far it is.
   *
   * @param finished called once per job as soon as it is evaluated, in any order and on any thread,
   *     before its outcome is handed over
   */
  default void evaluate(List<EditJob<C, E>> jobs, Consumer<Outcome> inJobOrder, Runnable finished) {
    evaluate(
        jobs,
        outcome -> {
          finished.run();
          inJobOrder.accept(outcome);
        });
  }
}
