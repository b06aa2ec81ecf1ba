/**
 * Training of a user's own model that can be stopped and resumed: what the kinds {@code train} and
 * {@code adapt} share.
 *
 * <p>Entry type: {@link org.seal4j.scripts.tuning.TrainingLoop}. May not be imported here: the
 * folders of the kinds.
 */
@NullMarked
package org.seal4j.scripts.tuning;

import org.jspecify.annotations.NullMarked;
