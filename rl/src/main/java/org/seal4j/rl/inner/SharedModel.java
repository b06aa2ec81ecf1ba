package org.seal4j.rl.inner;

import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;

/**
 * The one model in memory that policy, executor and learner share.
 *
 * @param weights changed by the learner alone
 * @param workers threads; results do not depend on their number
 */
public record SharedModel(Weights weights, Workers workers) {}
