/**
 * Reverse-mode differentiation as graph construction: {@link org.seal4j.model.autodiff.Backprop}
 * walks the ops backwards and adds gradient nodes to the same graph. Knows {@code model.graph}
 * only.
 */
@Experimental
@NullMarked
package org.seal4j.model.autodiff;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
