/**
 * Knowledge incorporation, recipe kind {@code knowledge}: a model reads passages, writes self-edits
 * about them, is adapted by each, and answers questions about the passages without seeing them; the
 * loop reinforces the self-edits that taught it most.
 *
 * <p>Entry type: {@link org.seal4j.scripts.passage.PassageExperiment}, the run from top to bottom;
 * {@link org.seal4j.scripts.passage.PassageKeys} is the tree of keys. May not be imported here: the
 * command line, grids.
 */
@NullMarked
package org.seal4j.scripts.passage;

import org.jspecify.annotations.NullMarked;
