/**
 * Solving grid tasks of a person's own with a kept model ({@link
 * org.seal4j.scripts.arc.KeptModel}): the attempts as JSON, in Kaggle's layout, as a page and as
 * lines for a terminal.
 *
 * <p>Entry type: {@link org.seal4j.scripts.solve.Solving}; what is computed is in {@link
 * org.seal4j.rl.grid.GridSolver}. May not be imported here: the command line.
 */
@NullMarked
package org.seal4j.scripts.solve;

import org.jspecify.annotations.NullMarked;
