package org.seal4j.rl;

import java.util.List;
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
 * @param rivals the other edits of the context in the same round, which this one is chosen from, by
 *     index; without rivals of their own
 */
public record EditJob<C extends Context, E extends SelfEdit>(
    C context,
    Optional<E> edit,
    int index,
    Seeds seeds,
    boolean afresh,
    Optional<Examiner<C>> examiner,
    List<EditJob<C, E>> rivals) {
  public EditJob {
    rivals = List.copyOf(rivals);
  }

  /** An evaluation by the domain's own examiner. */
  public EditJob(C context, Optional<E> edit, int index, Seeds seeds) {
    this(context, edit, index, seeds, false, Optional.empty(), List.of());
  }

  /** The same training, with other questions. */
  public EditJob<C, E> examinedBy(Examiner<C> other) {
    return new EditJob<>(context, edit, index, seeds, afresh, Optional.of(other), rivals);
  }

  /** The same evaluation beside these. */
  EditJob<C, E> against(List<EditJob<C, E>> others) {
    return new EditJob<>(context, edit, index, seeds, afresh, examiner, others);
  }
}
