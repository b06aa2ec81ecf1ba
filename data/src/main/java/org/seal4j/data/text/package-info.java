/**
 * Text to token ids and back.
 *
 * <p>Entry type: {@link org.seal4j.data.text.Tokenizer}. May not be imported here: anything of the
 * other modules; tensors.
 */
@NullMarked
package org.seal4j.data.text;

import org.jspecify.annotations.NullMarked;
