package org.seal4j.rl;

/**
 * What a policy writes to change itself: the training data or the training configuration of one
 * inner loop (SEAL, docs/seal.md §1.1). Immutable values with {@code equals}.
 */
public interface SelfEdit {}
