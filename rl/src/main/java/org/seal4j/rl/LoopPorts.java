package org.seal4j.rl;

import org.seal4j.rl.edit.SelfEdit;

/**
 * Everything the loop works with.
 *
 * @param policy writes edits
 * @param format reads and writes their text
 * @param executor evaluates them
 * @param learner fits the policy to the selected ones
 * @param store keeps the policy after each round
 * @param edits the journal of evaluated edits
 * @param learning the journal of M-step losses
 * @param progress hears how far it is
 */
public record LoopPorts<C extends Context, E extends SelfEdit>(
    Policy<C> policy,
    EditFormat<C, E> format,
    Executor<C, E> executor,
    Learner<C, E> learner,
    PolicyStore store,
    RunLog<EditRow> edits,
    RunLog<LearningRow> learning,
    Progress progress) {}
