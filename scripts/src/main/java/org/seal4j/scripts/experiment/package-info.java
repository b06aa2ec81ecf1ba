/**
 * What experiments of every domain share: the cache of pretrained models, the clocks, the result
 * table.
 *
 * <p>Entry type: {@link org.seal4j.scripts.experiment.Pretrainer}. May not be imported here: a
 * domain (grids, passages), the command line.
 */
@NullMarked
package org.seal4j.scripts.experiment;

import org.jspecify.annotations.NullMarked;
