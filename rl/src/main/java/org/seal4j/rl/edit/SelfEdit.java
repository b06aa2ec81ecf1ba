package org.seal4j.rl.edit;

/**
 * What a policy writes to change itself: the training data or the training configuration of one
 * inner loop (SEAL, seal-spec §0). Immutable values with {@code equals}.
 */
public sealed interface SelfEdit permits FewShotEdit, KnowledgeEdit {}
