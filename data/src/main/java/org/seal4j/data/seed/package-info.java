/**
 * Randomness: one root seed, and child seeds that are named after what is drawn, so that neither
 * order nor thread count changes a result.
 *
 * <p>Entry types: {@link org.seal4j.data.seed.Seeds} and the generator it gives, {@link
 * org.seal4j.data.seed.Rng}. May import {@code data.check} alone.
 */
@Experimental
@NullMarked
package org.seal4j.data.seed;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
