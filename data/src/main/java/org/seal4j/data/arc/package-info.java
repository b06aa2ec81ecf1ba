/**
 * Grid tasks: the {@link org.seal4j.data.arc.Grid}, the {@link org.seal4j.data.arc.ArcTask}, strict
 * readers for the public task collections, augmenters with their inverses, and the sets of training
 * tasks that the few-shot inner loop learns from.
 *
 * <p>May not be imported here: ND4J, Arrow.
 */
@NullMarked
package org.seal4j.data.arc;

import org.jspecify.annotations.NullMarked;
