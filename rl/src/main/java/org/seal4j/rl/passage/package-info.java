/**
 * The passage domain (knowledge incorporation): the passage as context, the text a model writes
 * about it as self-edit, the training texts made of that, the questions asked without the passage.
 *
 * <p>Entry types: {@link org.seal4j.rl.passage.PassageLanguage} (tokens and prompts) and {@link
 * org.seal4j.rl.passage.PassageDomain}; {@link org.seal4j.rl.passage.ContinualModel} takes in one
 * passage after another. May not be imported here: {@code rl.grid}, {@code rl.journal}, {@code
 * rl.teacher}, Arrow.
 */
@Experimental
@NullMarked
package org.seal4j.rl.passage;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
