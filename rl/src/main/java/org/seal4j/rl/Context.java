package org.seal4j.rl;

/**
 * What the policy adapts to: the demonstrations of a grid task, a passage of text. The loop knows
 * only its name; policy and executor know its content.
 */
public interface Context {
  /** Unique within a phase; every random draw for this context hangs on it. */
  String id();

  /**
   * What groups contexts in reports: a procedural family, a passage's article; the id itself where
   * nothing groups them.
   */
  String family();
}
