/**
 * What a run stands on: the backend that was asked for, the run folder, progress on the terminal,
 * and the list of the experiments that are on the class path.
 *
 * <p>Entry types: {@link org.seal4j.scripts.run.Experiments}, {@link
 * org.seal4j.scripts.run.RunLab}. May not be imported here: the command line itself.
 */
@NullMarked
package org.seal4j.scripts.run;

import org.jspecify.annotations.NullMarked;
