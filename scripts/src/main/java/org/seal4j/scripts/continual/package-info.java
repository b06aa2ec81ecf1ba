/**
 * Continual self-edits, recipe kind {@code continual}: a model takes in eight passages one after
 * another, each by a self-edit of its own, and is asked about all of them in between; what it
 * forgets is compared with ways not to.
 *
 * <p>Entry type: {@link org.seal4j.scripts.continual.ContinualExperiment}, the run from top to
 * bottom; {@code SequenceRun} is one sequence in one mode. May not be imported here: the command
 * line, grids.
 */
@NullMarked
package org.seal4j.scripts.continual;

import org.jspecify.annotations.NullMarked;
