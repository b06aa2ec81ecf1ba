/**
 * The self-edit loop (SEAL, seal-spec §0, §1.7): sample self-edits from the policy, evaluate each
 * with an inner loop, select, fine-tune the policy on the selected ones, repeat.
 *
 * <p>This package holds the ports, small interfaces without tensors: {@link org.seal4j.rl.Policy}
 * writes, {@link org.seal4j.rl.EditFormat} reads, {@link org.seal4j.rl.Executor} evaluates, {@link
 * org.seal4j.rl.Selection} filters, {@link org.seal4j.rl.Learner} fits, {@link
 * org.seal4j.rl.PolicyStore} keeps. They are generic in the context (a grid task, a passage) and in
 * the kind of self-edit.
 *
 * <p>May not be imported here: ND4J, Arrow, the model and lora rooms (only {@code
 * org.seal4j.rl.local} sees those); {@code restem}, {@code journal} and {@code local} build on this
 * package, never the other way round.
 *
 * <p>Letters: C the kind of context, E the kind of self-edit.
 */
@NullMarked
package org.seal4j.rl;

import org.jspecify.annotations.NullMarked;
