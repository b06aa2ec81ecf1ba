/**
 * What a policy could win on held-out grid tasks, and what it makes of it: some configurations are
 * tried on every task, each several times, and choosing among them at random, once for all, by kind
 * and by task is compared with the policy's own choices. Beside it stand the parts of the score,
 * and what the policy reads of a task.
 *
 * <p>Entry type: {@link org.seal4j.scripts.arc.room.Room}. May not be imported here: {@code
 * scripts.arc}, which runs it, and the command line.
 */
@NullMarked
package org.seal4j.scripts.arc.room;

import org.jspecify.annotations.NullMarked;
