/**
 * From a question to its answer: which adapters, which tokens, and what comes back as it is
 * written. Entry type: {@link org.seal4j.serve.answer.Answering}.
 *
 * <p>May not be imported here: keys and the page.
 */
@NullMarked
@Experimental
package org.seal4j.serve.answer;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
