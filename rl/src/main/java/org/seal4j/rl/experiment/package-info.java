/**
 * The spine of every experiment: a kind of run ({@link org.seal4j.rl.experiment.Experiment}), what
 * it may touch ({@link org.seal4j.rl.experiment.Lab}), what it found ({@link
 * org.seal4j.rl.experiment.Findings}), who hears of it ({@link
 * org.seal4j.rl.experiment.RunListener}), and the parts that several kinds share: pretraining from
 * scratch, the loop with its conditions, the result table.
 *
 * <p>Kinds are found by {@link java.util.ServiceLoader}; one of your own is a class that implements
 * {@code Experiment}, named in {@code META-INF/services/org.seal4j.rl.experiment.Experiment}. May
 * not be imported here: a domain ({@code rl.grid}, {@code rl.passage}), Arrow.
 */
@Experimental
@NullMarked
package org.seal4j.rl.experiment;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
