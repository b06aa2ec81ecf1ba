/**
 * A reward that is learned: it predicts from a context and a self-edit what training and
 * examination would give, and so chooses which of many self-edits are worth that.
 *
 * <p>Entry type: {@link org.seal4j.rl.reward.LearnedScreen}. A domain takes part by {@link
 * org.seal4j.rl.reward.EditFeatures}. Rewards that are measured are {@link
 * org.seal4j.rl.RewardRule}s. May not be imported here: ND4J, Arrow, the model and lora modules,
 * the journal, domains.
 */
@Experimental
@NullMarked
package org.seal4j.rl.reward;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
