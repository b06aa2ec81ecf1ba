/**
 * What is at each address of the server. Entry type: {@link org.seal4j.serve.endpoint.Endpoints}.
 *
 * <p>May not be imported here: the server that listens.
 */
@NullMarked
@Experimental
package org.seal4j.serve.endpoint;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
