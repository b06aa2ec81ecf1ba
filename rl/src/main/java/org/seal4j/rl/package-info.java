/**
 * The self-edit loop (SEAL, docs/seal.md §1.1, §2.7, §3.6): sample self-edits from the policy,
 * evaluate each with an inner loop, select, fine-tune the policy on the selected ones, repeat.
 *
 * <p>Entry type: {@link org.seal4j.rl.SealLoop}. A run is a few calls in a fixed order:
 *
 * <pre>{@code
 * try (Journal journal = Journal.open(runFolder)) {
 *   var ports = new LoopPorts<>(policy, format, executor, learner, store,
 *       journal.edits(), journal.learning(), progress);
 *   var loop = new SealLoop<>(new SealLoopConfig(2, 12, 3, new TopPerTask(2)), ports, seeds);
 *   loop.evaluate("in-context", heldOut, EditSource.none(), 1);
 *   loop.evaluate("random", heldOut, EditSource.given((c, i, rng) -> schema.draw(rng)), 2);
 *   loop.run(
 *       round -> trainingTasks(round),
 *       round -> loop.evaluate(round == 0 ? "no-rl" : "round-" + round, heldOut,
 *           EditSource.policy(), 2));
 * }
 * }</pre>
 *
 * <h2>Ports</h2>
 *
 * Small interfaces without tensors, generic in the context (a grid task, a passage) and in the kind
 * of self-edit: {@link org.seal4j.rl.Policy} writes, {@link org.seal4j.rl.EditFormat} reads, {@link
 * org.seal4j.rl.Executor} evaluates, {@link org.seal4j.rl.Selection} filters, {@link
 * org.seal4j.rl.Learner} fits, {@link org.seal4j.rl.PolicyStore} keeps, {@link
 * org.seal4j.rl.RunLog} remembers.
 *
 * <h2>Resuming</h2>
 *
 * The journal is replayed. A resumed run makes the same calls from the start: each reads back the
 * rows that exist, checks that they are those it would have written, and computes the rest. A round
 * whose rows were all there takes its policy from the store. So a run killed at any moment ends
 * with the same rows and the same policy as an undisturbed one, provided that policy, executor and
 * learner are pure functions of what they are given.
 *
 * <h2>Random numbers</h2>
 *
 * Every edit has a seed node, named by phase, context id and index; sampling (one child per
 * attempt) and evaluation draw from it and from nothing else. Order, grouping and interruption
 * therefore change nothing. All evaluations share their nodes, so that policies are compared on the
 * same random numbers.
 *
 * <p>May not be imported here: ND4J, Arrow, the model and lora modules (only {@code rl.inner} and
 * the domains {@code rl.grid} and {@code rl.passage} use those); all other packages of rl build on
 * this one, never the other way round.
 *
 * <p>Letters: C the kind of context, E the kind of self-edit.
 */
@Experimental
@NullMarked
package org.seal4j.rl;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
