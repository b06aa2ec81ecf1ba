/**
 * Grading of grid tasks: the answers to several augmented prompts become at most two attempts by
 * {@link org.seal4j.eval.arc.Voting}, and {@link org.seal4j.eval.arc.GridGrade} compares them with
 * the truth.
 *
 * <p>May not be imported here: ND4J, Arrow.
 */
@Experimental
@NullMarked
package org.seal4j.eval.arc;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
