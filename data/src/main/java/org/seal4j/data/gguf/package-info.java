/**
 * GGUF, the file format of llama.cpp: keys with values, then tensors. Read from its description in
 * the ggml project's documents (versions 2 and 3, little-endian).
 *
 * <p>Entry types: {@link org.seal4j.data.gguf.GgufHeader} for all that stands before the tensors,
 * {@link org.seal4j.data.gguf.GgufWriter} for a file of one's own. Knows names, sizes and places of
 * tensors, and nothing of their numbers.
 */
@Experimental
@NullMarked
package org.seal4j.data.gguf;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
