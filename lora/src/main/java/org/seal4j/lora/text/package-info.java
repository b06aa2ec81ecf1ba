/**
 * A text model with an adapter over it: complete a prompt, talk, score a text, say what a model
 * folder holds.
 *
 * <p>Entry types: {@link org.seal4j.lora.text.TextModel}, {@link org.seal4j.lora.text.ChatSession}.
 * Knows nothing of recipes and runs.
 */
@Experimental
@NullMarked
package org.seal4j.lora.text;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
