/**
 * Adapters into weights and files, and out again.
 *
 * <p>Entry types: {@link org.seal4j.lora.io.Merge}, and {@link org.seal4j.lora.io.PeftAdapter} for
 * folders as Hugging Face PEFT reads and writes them, and for files of llama.cpp. Knows nothing of
 * training.
 */
@Experimental
@NullMarked
package org.seal4j.lora.io;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
