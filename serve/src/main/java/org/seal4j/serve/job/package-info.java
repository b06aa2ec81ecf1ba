/**
 * What the server is doing for whom, so that it can be shown and ended. Entry type: {@link
 * org.seal4j.serve.job.Jobs}.
 *
 * <p>May not be imported here: HTTP, the protocol, and what does the work.
 */
@NullMarked
@Experimental
package org.seal4j.serve.job;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
