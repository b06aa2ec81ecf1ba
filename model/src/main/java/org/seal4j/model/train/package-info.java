/**
 * Training the whole model: the step as a graph, optimizers, schedules, checkpoints.
 *
 * <p>Entry types: {@link org.seal4j.model.train.LmStep} (forward, loss and backward in one graph)
 * and {@code Trainer}. Letters: b batch, t time.
 *
 * <p>Anyone can add optimizers and schedules: implement {@link
 * org.seal4j.model.train.OptimizerFactory} or {@link org.seal4j.model.train.Schedule}, and name the
 * class in a file of {@code META-INF/services}. Recipes then call it by its name, in pretraining
 * and in the inner loop.
 */
@Experimental
@NullMarked
package org.seal4j.model.train;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
