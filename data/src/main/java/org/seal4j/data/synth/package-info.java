/**
 * Procedural tasks for the laptop recipes: grid families that a tiny model is pretrained on, and
 * held-out families of the same kinds for reinforcement learning, development and confirmation.
 *
 * <p>Entry type: {@link org.seal4j.data.synth.SynthTasks}. A {@link org.seal4j.data.synth.Family}
 * is a rule with a sampler of inputs; what differs between two tasks of a family is its {@link
 * org.seal4j.data.synth.Palette}, so that families can be compared by behaviour with aligned
 * parameters. Which family serves which purpose is one readable table, {@link
 * org.seal4j.data.synth.Pool}.
 *
 * <p>May not be imported here: ND4J, Arrow.
 */
@Experimental
@NullMarked
package org.seal4j.data.synth;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
