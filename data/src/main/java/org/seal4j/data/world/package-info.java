/**
 * An invented world of persons and facts, in SQuAD's form: passages that a small model can learn to
 * integrate, self-edits about them in several styles, and questions in wordings that no writer of
 * self-edits ever uses (docs/seal.md §6.1).
 *
 * <p>Entry type: {@link org.seal4j.data.world.InventedWorld}. Persons are split into pools once, so
 * that pretraining, loop, development and confirmation share no name. May not be imported here:
 * anything of the other modules; tensors, Arrow.
 */
@Experimental
@NullMarked
package org.seal4j.data.world;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
