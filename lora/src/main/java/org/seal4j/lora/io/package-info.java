/**
 * Adapters into weights and out again. Entry type: {@link org.seal4j.lora.io.Merge}. Knows nothing
 * of training.
 */
@NullMarked
package org.seal4j.lora.io;

import org.jspecify.annotations.NullMarked;
