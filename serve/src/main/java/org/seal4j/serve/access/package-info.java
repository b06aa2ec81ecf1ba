/**
 * Who may ask what, and how often. Entry type: {@link org.seal4j.serve.access.AccessGate}. Keys are
 * known by their hashes alone.
 *
 * <p>May not be imported here: models, adapters, the protocol.
 */
@NullMarked
@Experimental
package org.seal4j.serve.access;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
