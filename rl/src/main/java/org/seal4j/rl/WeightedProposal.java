package org.seal4j.rl;

import org.seal4j.data.check.Checks;

/**
 * One line of the M-step: fit {@code weight · log p(proposal | context)}, or what a learner makes
 * of the outcomes.
 *
 * @param outcome what evaluating it gave
 * @param weight the E-step's filter, finite and at least 0; 0 means not selected
 */
public record WeightedProposal<C extends Context, E extends SelfEdit>(
    C context, Proposal<E> proposal, Outcome outcome, double weight) {
  public WeightedProposal {
    Checks.require(
        Double.isFinite(weight) && weight >= 0,
        "the weight of an edit of context %s must be finite and >= 0 but was %s",
        context.id(),
        weight);
  }
}
