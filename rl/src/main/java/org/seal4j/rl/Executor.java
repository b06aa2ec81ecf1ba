package org.seal4j.rl;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Evaluates self-edits: inner loop plus grader. For the current weights of the model, an outcome is
 * a pure function of (context, edit, seeds): neither the other jobs nor the number of workers nor
 * an interruption changes it.
 */
public interface Executor<C extends Context, E extends SelfEdit> {
  /**
   * Evaluates every job and hands the outcomes over in job order, each as soon as it and all before
   * it are known. The consumer is called on the calling thread; if it throws, the evaluation stops.
   *
   * @param finished hears how many further jobs are evaluated, as soon as they are, in any order
   *     and on any thread, before their outcomes are handed over
   */
  void evaluate(List<EditJob<C, E>> jobs, Consumer<Outcome> inJobOrder, IntConsumer finished);

  /** The same without telling how far it is. */
  default void evaluate(List<EditJob<C, E>> jobs, Consumer<Outcome> inJobOrder) {
    evaluate(jobs, inJobOrder, count -> {});
  }
}
