/**
 * How the JVM of a run is started: the flags (one resource file, {@code launch.flags}, which the
 * shell launcher reads too) and the second start of a JVM that came up without them; and what is
 * done when it is told to end.
 *
 * <p>Entry types: {@link org.seal4j.scripts.launch.LaunchFlags}, {@link
 * org.seal4j.scripts.launch.Relaunch}, {@link org.seal4j.scripts.launch.OnStop}. May not be
 * imported here: ND4J, and other packages of the command line.
 */
@NullMarked
package org.seal4j.scripts.launch;

import org.jspecify.annotations.NullMarked;
