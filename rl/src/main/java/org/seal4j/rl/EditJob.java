package org.seal4j.rl;

import java.util.Optional;
import org.seal4j.data.seed.Seeds;

/**
 * One evaluation: adapt a copy of the current model with the edit, then score it on the context's
 * held-out part.
 *
 * @param context what is scored
 * @param edit how to adapt first; empty scores the model as it is (the in-context baseline)
 * @param index which of this context's edits, from 0
 * @param seeds the only randomness the evaluation may use
 * @param afresh whether the training shares no random numbers with those of other edits, so that
 *     what it gives is independent of what the edit was chosen by
 * @param examiner who asks instead of the domain's own examiner, as it asks
 */
public record EditJob<C extends Context, E extends SelfEdit>(
    C context,
    Optional<E> edit,
    int index,
    Seeds seeds,
    boolean afresh,
    Optional<Examiner<C>> examiner) {

  /** An evaluation by the domain's own examiner. */
  public EditJob(C context, Optional<E> edit, int index, Seeds seeds) {
    this(context, edit, index, seeds, false, Optional.empty());
  }

  /** The same training, with other questions. */
  public EditJob<C, E> examinedBy(Examiner<C> other) {
    return new EditJob<>(context, edit, index, seeds, afresh, Optional.of(other));
  }
}
