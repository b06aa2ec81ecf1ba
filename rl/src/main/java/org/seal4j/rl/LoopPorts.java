package org.seal4j.rl;

import org.jspecify.annotations.Nullable;

/**
 * Everything the loop works with.
 *
 * @param policy writes edits
 * @param format reads and writes their text
 * @param executor evaluates them
 * @param rewards evaluates those of the rounds: the executor itself, or something cheaper that
 *     stands in for it
 * @param learner fits the policy to the selected ones
 * @param store keeps the policy after each round
 * @param edits the journal of evaluated edits
 * @param learning the journal of M-step losses
 * @param progress hears how far it is
 * @param screen chooses which of the edits of rounds are evaluated; null where all that are written
 *     are
 */
public record LoopPorts<C extends Context, E extends SelfEdit>(
    Policy<C> policy,
    EditFormat<C, E> format,
    Executor<C, E> executor,
    Executor<C, E> rewards,
    Learner<C, E> learner,
    PolicyStore store,
    RunLog<EditRow> edits,
    RunLog<LearningRow> learning,
    Progress progress,
    @Nullable Screen<C, E> screen) {

  /** Ports whose rounds evaluate all that is written, and are rewarded as evaluations measure. */
  public LoopPorts(
      Policy<C> policy,
      EditFormat<C, E> format,
      Executor<C, E> executor,
      Learner<C, E> learner,
      PolicyStore store,
      RunLog<EditRow> edits,
      RunLog<LearningRow> learning,
      Progress progress) {
    this(policy, format, executor, executor, learner, store, edits, learning, progress, null);
  }

  /** The same with edits written by this. */
  public LoopPorts<C, E> withPolicy(Policy<C> other) {
    return new LoopPorts<>(
        other, format, executor, rewards, learner, store, edits, learning, progress, screen);
  }

  /** The same with the edits of rounds rewarded by this. */
  public LoopPorts<C, E> withRewards(Executor<C, E> other) {
    return new LoopPorts<>(
        policy, format, executor, other, learner, store, edits, learning, progress, screen);
  }

  /** The same with all edits evaluated by this. */
  public LoopPorts<C, E> withExecutor(Executor<C, E> other) {
    return new LoopPorts<>(
        policy, format, other, other, learner, store, edits, learning, progress, screen);
  }

  /** The same with a policy that learns from rounds by this. */
  public LoopPorts<C, E> withLearner(Learner<C, E> other) {
    return new LoopPorts<>(
        policy, format, executor, rewards, other, store, edits, learning, progress, screen);
  }

  /** The same with the edits of rounds chosen by this among more of them; null for all. */
  public LoopPorts<C, E> withScreen(@Nullable Screen<C, E> other) {
    return new LoopPorts<>(
        policy, format, executor, rewards, learner, store, edits, learning, progress, other);
  }

  /** The same with progress told to this. */
  public LoopPorts<C, E> withProgress(Progress other) {
    return new LoopPorts<>(
        policy, format, executor, rewards, learner, store, edits, learning, other, screen);
  }

  /** Who evaluates the edits of a phase. */
  Executor<C, E> executorOf(String phase) {
    return Phase.OF_ROUNDS.contains(phase) ? rewards : executor;
  }
}
