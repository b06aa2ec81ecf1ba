/**
 * Which evaluated self-edits teach a policy gradient (GRPO) or a preference (DPO), each rule a
 * {@link org.seal4j.rl.Selection}: contexts whose self-edits all earned the same teach nothing.
 * Invalid ones never count.
 *
 * <p>Entry type: {@link org.seal4j.rl.reinforce.Learning}. May not be imported here: ND4J, Arrow,
 * the model and lora modules, the journal.
 */
@Experimental
@NullMarked
package org.seal4j.rl.reinforce;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
