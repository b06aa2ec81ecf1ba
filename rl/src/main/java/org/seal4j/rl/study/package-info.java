/**
 * How a model studies passages without anybody's questions: it writes questions about each, reads
 * the passage to answer them, and what it held for likely there becomes what an adapter is trained
 * on without the passage (context distillation, Snell et al. 2022, arXiv 2209.15189).
 *
 * <p>Entry types: {@link org.seal4j.rl.study.StudyForm} (tokens and prompts), {@link
 * org.seal4j.rl.study.QuestionWriter}, {@link org.seal4j.rl.study.TaughtQuestions} (by another
 * model), {@link org.seal4j.rl.study.StudyRows} (what is trained on) and {@link
 * org.seal4j.rl.study.ClosedBookAnswers}. May not be imported here: {@code rl.grid}, {@code
 * rl.journal}, {@code rl.teacher}, Arrow.
 */
@Experimental
@NullMarked
package org.seal4j.rl.study;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
