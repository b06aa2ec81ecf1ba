package org.seal4j.rl.grid;

import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;

/**
 * The one small model in memory that policy, executor and learner share.
 *
 * @param language its tokens
 * @param weights changed by the learner alone
 * @param workers threads; results do not depend on their number
 */
public record ArcModel(ArcLanguage language, Weights weights, Workers workers) {}
