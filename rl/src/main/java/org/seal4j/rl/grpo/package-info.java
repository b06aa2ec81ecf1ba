/**
 * Group-relative policy optimisation (GRPO; Shao et al. 2024, arXiv 2402.03300) of self-edits: a
 * group is what one context was given in a round, and contexts whose self-edits all earned the same
 * teach nothing. Here is what is learned from, a {@link org.seal4j.rl.Selection}; the loss is
 * {@code GroupRelative} in {@code lora.policy}, and {@code rl.inner.PolicyLearner} is the learner.
 *
 * <p>Entry type: {@link org.seal4j.rl.grpo.AllThatDiffer}. May not be imported here: ND4J, Arrow,
 * the model and lora modules, the journal.
 */
@Experimental
@NullMarked
package org.seal4j.rl.grpo;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
