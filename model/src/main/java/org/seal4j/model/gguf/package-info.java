/**
 * Models as GGUF files, the format of llama.cpp: written as float32.
 *
 * <p>Entry type: {@link org.seal4j.model.gguf.GgufModel}.
 */
@NullMarked
package org.seal4j.model.gguf;

import org.jspecify.annotations.NullMarked;
