/**
 * Several adapters of one base into one adapter, or into one set of weights: weighted sums, best
 * approximations of a given rank, merges that keep the norm of each matrix, and what is dropped of
 * an update because it lies in the base's main subspace or outside of it.
 *
 * <p>Entry types: {@link org.seal4j.lora.merge.AdapterMerge}, {@link
 * org.seal4j.lora.merge.MergeMethod}. Stands beside {@code lora.io}, which knows files and one
 * adapter: here are the maths of many. Knows nothing of training and of files. Letters: r rank, in
 * and out the widths of a linear, W {@code [out, in]} its weight, D {@code [out, in]} what an
 * adapter adds to it.
 */
@Experimental
@NullMarked
package org.seal4j.lora.merge;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
