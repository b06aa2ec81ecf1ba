/**
 * Marks that say what may change: {@link org.seal4j.data.stability.Stable} and {@link
 * org.seal4j.data.stability.Experimental}. Every public type of the library bears one of the two,
 * itself or through its package.
 */
@Experimental
@NullMarked
package org.seal4j.data.stability;

import org.jspecify.annotations.NullMarked;
