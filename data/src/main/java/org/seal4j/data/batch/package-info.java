/**
 * Token sequences with their loss weights, and padded batches of them: what the model module trains
 * on. Letters: b batch rows, t time (tokens).
 *
 * <p>Entry type: {@link org.seal4j.data.batch.Bucketing}. May not be imported here: ND4J, Arrow,
 * and any other data package but {@code run}.
 */
@Experimental
@NullMarked
package org.seal4j.data.batch;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
