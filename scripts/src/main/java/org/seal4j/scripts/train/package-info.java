/**
 * Fine-tuning on rows of the user, recipe kind {@code train}: an adapter, or all weights of a
 * model, are trained on conversations, completions or texts, and measured on rows that were held
 * out.
 *
 * <p>Entry type: {@link org.seal4j.scripts.train.TrainExperiment}, the run from top to bottom.
 * Knows nothing of self-edits. May not be imported here: the command line, other kinds.
 */
@NullMarked
package org.seal4j.scripts.train;

import org.jspecify.annotations.NullMarked;
