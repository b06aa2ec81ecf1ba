package org.seal4j.rl;

import java.util.OptionalInt;

/** Keeps the policy after each round, so that a killed run can be resumed. */
public interface PolicyStore {
  /**
   * Stores the current policy under this name. Atomic: after a crash the name is either complete or
   * absent.
   *
   * @param steps rows of the learning log that led to it from the policy before
   */
  void save(String name, int steps);

  /** The rows that were noted with the policy of this name; empty if it is absent. */
  OptionalInt steps(String name);

  /**
   * Makes the policy stored under this name the current one, bit for bit; false if it is absent.
   */
  boolean load(String name);
}
