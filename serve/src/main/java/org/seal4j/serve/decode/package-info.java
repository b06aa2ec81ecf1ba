/**
 * Texts that are written for many callers: the port between what asks and what computes. Entry
 * type: {@link org.seal4j.serve.decode.DecodingService}.
 *
 * <p>May not be imported here: other packages of the server.
 */
@NullMarked
@Experimental
package org.seal4j.serve.decode;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
