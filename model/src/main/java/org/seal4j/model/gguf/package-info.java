/**
 * Models as GGUF files, the format of llama.cpp: written as float32.
 *
 * <p>Entry type: {@link org.seal4j.model.gguf.GgufModel}.
 */
@Experimental
@NullMarked
package org.seal4j.model.gguf;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
