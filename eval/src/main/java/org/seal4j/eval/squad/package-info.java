/**
 * Grading of answers to questions about passages (seal-spec §1.5), without a model: the two figures
 * of SQuAD, and two rules that stand in for a judge where answers are whole sentences.
 *
 * <p>Entry types: {@link org.seal4j.eval.squad.AnswerGrader} (the port) and {@link
 * org.seal4j.eval.squad.OfflineGrader} (what stands behind it). May not be imported here: ND4J,
 * Arrow, HTTP.
 */
@NullMarked
package org.seal4j.eval.squad;

import org.jspecify.annotations.NullMarked;
