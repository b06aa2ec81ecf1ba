/**
 * Grading of answers to questions about passages (docs/seal.md §2.5), without a model: the two
 * figures of SQuAD, and two rules that stand in for a judge where answers are whole sentences.
 *
 * <p>Entry types: {@link org.seal4j.eval.squad.AnswerGrader} (the port), {@link
 * org.seal4j.eval.squad.OfflineGrader} (what stands behind it), {@link
 * org.seal4j.eval.squad.GraderCalibration} (how far that agrees with a judge) and {@link
 * org.seal4j.eval.squad.ProxyReward} (what a text about a passage is worth by its words). May not
 * be imported here: ND4J, Arrow, HTTP.
 */
@Experimental
@NullMarked
package org.seal4j.eval.squad;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
