/**
 * ReST-EM's E-step: rules that choose which evaluated self-edits the policy is trained on
 * (docs/seal.md §2.7, §3.6), each a {@link org.seal4j.rl.Selection}. Invalid edits never count.
 *
 * <p>May not be imported here: ND4J, Arrow, the model and lora modules, the journal.
 */
@Experimental
@NullMarked
package org.seal4j.rl.restem;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
