/**
 * Which kernels OpenBLAS takes for products of matrices. The OpenBLAS of ND4J is older than many
 * processors and takes slow kernels on those it does not know, so the choice is made here, from the
 * flags of the processor alone: kernels decide the last bits of results, and a timing would decide
 * otherwise from day to day.
 *
 * <p>Entry type: {@link org.seal4j.model.blas.KernelChoice}. May not be imported here: ND4J, which
 * must not be loaded before the choice.
 */
@Experimental
@NullMarked
package org.seal4j.model.blas;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
