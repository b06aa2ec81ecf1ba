package org.seal4j.rl.passage;

import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;

/**
 * The one model in memory that policy, executor and learner of passages share.
 *
 * @param language its tokens and prompts
 * @param weights changed by the learner alone
 * @param workers threads; results do not depend on their number
 */
public record PassageModel(PassageLanguage language, Weights weights, Workers workers) {}
