/**
 * Models as GGUF files, the format of llama.cpp: read from every type that is in use, written as
 * F32, F16, Q8_0 or Q4_0; and LoRA adapters over them.
 *
 * <p>Entry types: {@link org.seal4j.model.gguf.GgufModel}, {@link
 * org.seal4j.model.gguf.GgufExport}, {@link org.seal4j.model.gguf.GgufLora}. Who takes models of
 * any form starts at {@link org.seal4j.model.weights.ModelFolder}.
 */
@Experimental
@NullMarked
package org.seal4j.model.gguf;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
