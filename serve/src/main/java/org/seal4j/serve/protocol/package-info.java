/**
 * What clients of OpenAI, vLLM and llama.cpp send and read, as values: requests are checked field
 * by field, answers are maps that become JSON. Entry types: {@link
 * org.seal4j.serve.protocol.ChatBody}, {@link org.seal4j.serve.protocol.CompletionBody}, {@link
 * org.seal4j.serve.protocol.ChatAnswer}, {@link org.seal4j.serve.protocol.CompletionAnswer}.
 *
 * <p>May not be imported here: what computes, and adapters.
 */
@NullMarked
@Experimental
package org.seal4j.serve.protocol;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
