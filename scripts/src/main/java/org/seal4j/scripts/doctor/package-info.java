/**
 * What {@code seal doctor} looks at: whether this machine, this Java and this build compute right,
 * how fast, and what is missing.
 *
 * <p>Entry type: {@link org.seal4j.scripts.doctor.Doctor}. May not be imported here: recipes and
 * experiments.
 */
@NullMarked
package org.seal4j.scripts.doctor;

import org.jspecify.annotations.NullMarked;
