/**
 * Text to token ids and back.
 *
 * <p>Entry types: {@link org.seal4j.data.text.Tokenizer}; {@link org.seal4j.data.text.Tokenizers}
 * reads those of published models, {@link org.seal4j.data.text.WordTokenizer} has a closed list of
 * words, {@link org.seal4j.data.text.BpeTrainer} trains byte-pair encodings. May not be imported
 * here: anything of the other modules; tensors.
 *
 * <p>A read tokenizer is a {@code PipelineTokenizer}: added tokens are cut out, then normalizer,
 * pre-tokenizer, model; {@code StepReaders} lists which of each there are.
 */
@Experimental
@NullMarked
package org.seal4j.data.text;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
