/**
 * What every domain's training shares: an adapter trained and merged as the M-step, and the
 * policy's weights kept round by round.
 *
 * <p>Entry types: {@link org.seal4j.rl.inner.AdapterFit}, {@link org.seal4j.rl.inner.WeightsStore}.
 * Knows no domain.
 */
@Experimental
@NullMarked
package org.seal4j.rl.inner;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
