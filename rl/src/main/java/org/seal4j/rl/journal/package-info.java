/**
 * The journal of a self-edit loop on disk: one row per evaluated edit and one per M-step loss, each
 * synced before it counts. What {@link org.seal4j.rl.SealLoop} continues a killed run from, and
 * what reports read.
 *
 * <p>Entry type: {@link org.seal4j.rl.journal.Journal}. No row holds a time. May not be imported
 * here: ND4J, Arrow (tables come from {@code org.seal4j.data.table}), the model and lora modules.
 */
@Experimental
@NullMarked
package org.seal4j.rl.journal;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
