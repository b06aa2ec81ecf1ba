/**
 * Training that protects what a model knew: elastic weight consolidation, a KL anchor on answers,
 * and the inner loop that adds such penalties to its loss.
 *
 * <p>Entry types: {@link org.seal4j.lora.continual.PenalizedInnerLoop}, {@link
 * org.seal4j.lora.continual.Penalty}.
 */
@Experimental
@NullMarked
package org.seal4j.lora.continual;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
