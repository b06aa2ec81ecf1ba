/**
 * Models as GGUF files, the format of llama.cpp: read from every type that is in use, written as
 * float32.
 *
 * <p>Entry types: {@link org.seal4j.model.gguf.GgufModel} and {@link
 * org.seal4j.model.gguf.GgufExport}. Who takes models of any form starts at {@link
 * org.seal4j.model.weights.ModelFolder}.
 */
@Experimental
@NullMarked
package org.seal4j.model.gguf;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
