/**
 * Many requests of one model and many adapters, answered together as they come: a service for
 * servers, with a thread that decodes, a fair queue, places for adapters, and streams of tokens.
 *
 * <p>The law: a request is answered, bit for bit, as {@link org.seal4j.model.generate.Generator}
 * answers it alone, whatever runs beside it, in which order requests came, what was known of its
 * prompt, and where its adapter lies.
 *
 * <p>Entry types: {@link org.seal4j.lora.serving.DecodingService}, {@link
 * org.seal4j.lora.serving.BatchedDecoding}, {@link org.seal4j.lora.serving.TextRequest}. Tokens in,
 * tokens out: templates, texts and protocols are the caller's. May not be imported here: {@code
 * org.seal4j.lora.train}. Knows nothing of recipes and runs.
 */
@Experimental
@NullMarked
package org.seal4j.lora.serving;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
