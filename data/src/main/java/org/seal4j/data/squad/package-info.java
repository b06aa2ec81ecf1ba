/**
 * Passages and the questions asked about them (SQuAD: Rajpurkar et al. 2016; SEAL, docs/seal.md
 * §2.1).
 *
 * <p>Entry types: {@link org.seal4j.data.squad.Passage}, {@link
 * org.seal4j.data.squad.PassageReader} (files of SQuAD and SEAL), {@link
 * org.seal4j.data.squad.PassageTable} (Arrow) and {@link org.seal4j.data.squad.SealResults}
 * (published rewards and verdicts). May not be imported here: anything of the other modules;
 * tensors.
 */
@Experimental
@NullMarked
package org.seal4j.data.squad;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
