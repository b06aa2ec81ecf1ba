/**
 * Text to token ids and back.
 *
 * <p>Entry types: {@link org.seal4j.data.text.Tokenizer}, {@link
 * org.seal4j.data.text.WordTokenizer} for a closed list of words. May not be imported here:
 * anything of the other modules; tensors.
 */
@NullMarked
package org.seal4j.data.text;

import org.jspecify.annotations.NullMarked;
