package org.seal4j.rl;

import org.seal4j.data.seed.Rng;

/** Where the edits of a phase come from. */
public sealed interface EditSource<C extends Context, E extends SelfEdit> {

  /** The current policy writes them. */
  static <C extends Context, E extends SelfEdit> EditSource<C, E> policy() {
    return new FromPolicy<>();
  }

  /** No edit: the model is scored as it is, in context. */
  static <C extends Context, E extends SelfEdit> EditSource<C, E> none() {
    return new Without<>();
  }

  /** The same edit for every context. */
  static <C extends Context, E extends SelfEdit> EditSource<C, E> fixed(E edit) {
    return new Given<>((context, index, rng) -> edit);
  }

  /** Whatever this rule gives: uniform random configurations, edits of another model. */
  static <C extends Context, E extends SelfEdit> EditSource<C, E> given(Rule<C, E> rule) {
    return new Given<>(rule);
  }

  /** Gives edits without a policy. Pure. */
  @FunctionalInterface
  interface Rule<C extends Context, E extends SelfEdit> {
    /** The edit of this index in this context, with this randomness. */
    E edit(C context, int index, Rng rng);
  }

  /** See {@link #policy()}. */
  record FromPolicy<C extends Context, E extends SelfEdit>() implements EditSource<C, E> {}

  /** See {@link #none()}. */
  record Without<C extends Context, E extends SelfEdit>() implements EditSource<C, E> {}

  /** See {@link #given(Rule)}. */
  record Given<C extends Context, E extends SelfEdit>(Rule<C, E> rule)
      implements EditSource<C, E> {}
}
