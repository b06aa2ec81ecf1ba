/**
 * The kind {@code pretrain}: a tokenizer and a small language model from a text file, as a Hugging
 * Face folder.
 *
 * <p>Entry type: {@link org.seal4j.scripts.pretrain.PretrainExperiment}. Knows nothing of
 * self-edits.
 */
@NullMarked
package org.seal4j.scripts.pretrain;

import org.jspecify.annotations.NullMarked;
