/**
 * Direct preference optimisation (DPO; Rafailov et al. 2023, arXiv 2305.18290) of self-edits: the
 * best of a context is preferred to its worst. Here is what is learned from, a {@link
 * org.seal4j.rl.Selection}; the loss is {@code Preference} in {@code lora.policy}, and {@code
 * rl.inner.PolicyLearner} is the learner.
 *
 * <p>Entry type: {@link org.seal4j.rl.dpo.BestAndWorst}. May not be imported here: ND4J, Arrow, the
 * model and lora modules, the journal.
 */
@Experimental
@NullMarked
package org.seal4j.rl.dpo;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
