/**
 * Language models on the command line: what a model folder holds, text written by it, and how well
 * it knows a text.
 *
 * <p>Entry type: {@link org.seal4j.scripts.lm.TextModel}. Knows nothing of recipes and runs.
 */
@NullMarked
package org.seal4j.scripts.lm;

import org.jspecify.annotations.NullMarked;
