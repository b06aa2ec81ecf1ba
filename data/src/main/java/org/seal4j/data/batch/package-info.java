/**
 * Token sequences with their loss weights, and padded batches of them: what the model room trains
 * on. Letters: b batch rows, t time (tokens).
 */
@NullMarked
package org.seal4j.data.batch;

import org.jspecify.annotations.NullMarked;
