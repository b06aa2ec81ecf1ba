/**
 * The inner loop: supervised fine-tuning of n adapters in one batch over one frozen base, each with
 * its own data, learning rate, number of epochs and seed. Entry type: {@link
 * org.seal4j.lora.train.SftInnerLoop}.
 */
@Experimental
@NullMarked
package org.seal4j.lora.train;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
