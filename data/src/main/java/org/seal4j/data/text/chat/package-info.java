/**
 * Conversations as one text, in the form that a model was trained on.
 *
 * <p>Entry types: {@link org.seal4j.data.text.chat.ChatTemplate} (text), {@link
 * org.seal4j.data.text.chat.ChatEncoder} (tokens), {@link org.seal4j.data.text.chat.ChatMessages}
 * (files), {@link org.seal4j.data.text.chat.KnownTemplate}. Templates are Jinja; the part of the
 * language that chat templates use is here ({@code TemplateParser}, {@code ExpressionParser},
 * {@code Filters}, {@code Tests}, {@code Methods}), with limits for what one rendering may cost
 * ({@code Budget}); the rest is refused. May not be imported here: anything of the other modules;
 * tensors.
 */
@Experimental
@NullMarked
package org.seal4j.data.text.chat;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
