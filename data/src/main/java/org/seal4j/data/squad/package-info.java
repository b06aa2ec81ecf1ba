/**
 * Passages and the questions asked about them (SQuAD: Rajpurkar et al. 2016; SEAL, seal-spec §1.1).
 *
 * <p>Entry type: {@link org.seal4j.data.squad.Passage}. May not be imported here: anything of the
 * other modules; tensors.
 */
@NullMarked
package org.seal4j.data.squad;

import org.jspecify.annotations.NullMarked;
