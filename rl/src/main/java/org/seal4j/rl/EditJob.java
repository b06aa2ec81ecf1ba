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
 */
public record EditJob<C extends Context, E extends SelfEdit>(
    C context, Optional<E> edit, int index, Seeds seeds) {}
