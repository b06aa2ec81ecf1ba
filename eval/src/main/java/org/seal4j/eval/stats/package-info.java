/**
 * Statistics of small experiments: every figure comes with its n and an interval. Entry types:
 * {@link org.seal4j.eval.stats.Proportion} (a share with its Wilson interval) and {@link
 * org.seal4j.eval.stats.TaskBootstrap} (means and paired differences over tasks with several edits
 * each).
 *
 * <p>May not be imported here: ND4J, Arrow. The generators of Commons Math are not used: all
 * randomness comes from {@link org.seal4j.data.seed.Seeds}.
 */
@Experimental
@NullMarked
package org.seal4j.eval.stats;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
