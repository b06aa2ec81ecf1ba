/**
 * Policy optimisation from rewarded texts: group-relative policy optimisation (GRPO) and direct
 * preference optimisation (DPO) of one adapter over the policy that wrote the texts. The losses are
 * nodes of the same graph as the model.
 *
 * <p>Entry types: {@link org.seal4j.lora.policy.PolicyTrainer}, {@link
 * org.seal4j.lora.policy.PolicyObjective}. May not be imported here: {@code lora.continual}, {@code
 * lora.io}, {@code lora.text}.
 */
@Experimental
@NullMarked
package org.seal4j.lora.policy;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
