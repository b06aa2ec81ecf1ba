/**
 * The kind {@code study}: SEAL with a real language model on real passages. Ways to write about a
 * passage are compared at the same number of steps, some of them are reinforced, and each adapted
 * model is asked without the passage.
 *
 * <p>Entry type: {@link org.seal4j.scripts.study.StudyExperiment}. May not be imported here: the
 * command line.
 */
@NullMarked
package org.seal4j.scripts.study;

import org.jspecify.annotations.NullMarked;
