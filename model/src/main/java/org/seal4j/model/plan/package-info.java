/**
 * Running graphs: {@link org.seal4j.model.plan.Plan} binds every op of a graph to memory once and
 * then runs it many times without allocating. Native ops go through bound libnd4j contexts, the
 * others through fused kernels. A plan belongs to one thread at a time; plans of several threads
 * may share parameters they only read.
 */
@Experimental
@NullMarked
package org.seal4j.model.plan;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
