/**
 * Records as strict JSON files and lines: unknown, missing and repeated keys are refused.
 *
 * <p>Entry type: {@link org.seal4j.data.json.Json}. May import {@code data.check} and {@code
 * data.file}.
 */
@Experimental
@NullMarked
package org.seal4j.data.json;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
