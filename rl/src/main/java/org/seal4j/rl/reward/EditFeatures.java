package org.seal4j.rl.reward;

import org.seal4j.rl.Context;
import org.seal4j.rl.SelfEdit;

/**
 * Describes a self-edit in its context as numbers, so that a reward can be learned from them: what
 * a domain adds. Pure.
 */
@FunctionalInterface
public interface EditFeatures<C extends Context, E extends SelfEdit> {
  /**
   * The features, about between -1 and 1, as many for every self-edit. What is the same for all
   * self-edits of a context says nothing by itself: multiply facts of the context with choices of
   * the self-edit where a choice is better in some contexts than in others.
   */
  double[] features(C context, E edit);
}
