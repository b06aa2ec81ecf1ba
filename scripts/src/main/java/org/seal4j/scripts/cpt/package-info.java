/**
 * Continued pretraining, recipe kind {@code cpt}: one model is trained on the texts of many
 * passages at once, by an adapter and in all its weights, and asked about all of them.
 *
 * <p>Entry type: {@link org.seal4j.scripts.cpt.CptExperiment}, the run from top to bottom. May not
 * be imported here: the command line, grids.
 */
@NullMarked
package org.seal4j.scripts.cpt;

import org.jspecify.annotations.NullMarked;
