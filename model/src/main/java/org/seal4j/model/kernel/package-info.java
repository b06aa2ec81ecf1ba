/**
 * Fused CPU kernels on plain arrays: the arithmetic of every graph op that is not a matrix product.
 *
 * <p>Deterministic by construction: vectors run across independent outputs, sums over lanes are
 * added in one fixed order, {@code exp} is a polynomial, nothing is reduced across threads. So the
 * bits do not depend on the JIT's state, the run, or the number of threads. Off-heap rows are
 * staged into {@code float[]} blocks, which is the one form of the Vector API that is the same on
 * JDK 17 to 25.
 *
 * <p>Entry types: {@link org.seal4j.model.kernel.Kernel}, {@link org.seal4j.model.kernel.Tensor}.
 * This is the only package that may import {@code jdk.incubator.vector}; it may import neither ND4J
 * nor any other module. Letters: b batch, t time, d model, h heads, k head size, v vocabulary.
 */
@Experimental
@NullMarked
package org.seal4j.model.kernel;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
