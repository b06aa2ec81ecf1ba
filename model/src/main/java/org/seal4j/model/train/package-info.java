/**
 * Training the whole model: the step as a graph, optimizers, schedules, checkpoints.
 *
 * <p>Entry types: {@link org.seal4j.model.train.LmStep} (forward, loss and backward in one graph)
 * and {@code Trainer}. Letters: b batch, t time.
 */
@Experimental
@NullMarked
package org.seal4j.model.train;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
