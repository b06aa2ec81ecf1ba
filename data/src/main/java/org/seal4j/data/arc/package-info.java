/**
 * Grid tasks: the {@link org.seal4j.data.arc.Grid}, the {@link org.seal4j.data.arc.ArcTask}, strict
 * readers for the public task collections, augmenters with their inverses, and the sets of training
 * tasks that the few-shot inner loop learns from.
 *
 * <p>Tasks of a person, whose outputs may be unknown, are {@link org.seal4j.data.arc.OpenTask}s.
 *
 * <p>In the order of a run: {@link org.seal4j.data.arc.ArcReader} reads tasks, {@link
 * org.seal4j.data.arc.TestTimeTraining} turns a task and the flags of a self-edit into a training
 * set, {@link org.seal4j.data.arc.GridSequences} writes it as tokens, {@link
 * org.seal4j.data.arc.InferencePrompts} asks for the hidden grid in several ways, {@link
 * org.seal4j.data.arc.GridCodec} reads the answers, {@link org.seal4j.data.arc.TaskHash} names the
 * data in a manifest.
 *
 * <p>May not be imported here: ND4J, Arrow.
 */
@Experimental
@NullMarked
package org.seal4j.data.arc;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
