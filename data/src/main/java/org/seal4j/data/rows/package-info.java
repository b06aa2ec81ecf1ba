/**
 * Rows that a model is trained on, as JSON lines: conversations, prompts with completions, or
 * texts.
 *
 * <p>Entry type: {@link org.seal4j.data.rows.TrainingRows}. May not be imported here: tensors,
 * tables, and any other data package but {@code check}, {@code file}, {@code json} and {@code
 * text.chat}.
 */
@Experimental
@NullMarked
package org.seal4j.data.rows;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
