/**
 * Running graphs: {@link org.seal4j.model.plan.Worker#executable} binds every op of a graph to
 * memory once and then runs it many times without allocating. The worker's {@link
 * org.seal4j.model.plan.Engine} says how: {@link org.seal4j.model.plan.Plan} has fused kernels and
 * bound libnd4j contexts, {@link org.seal4j.model.plan.StockPlan} stock ops of ND4J alone. An
 * executable belongs to one thread at a time; those of several threads may share parameters they
 * only read.
 */
@Experimental
@NullMarked
package org.seal4j.model.plan;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
