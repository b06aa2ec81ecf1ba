package org.seal4j.rl;

/** Keeps the policy after each round, so that a killed run can be resumed. */
public interface PolicyStore {
  /**
   * Stores the current policy under this name. Atomic: after a crash the name is either complete or
   * absent.
   */
  void save(String name);

  /**
   * Makes the policy stored under this name the current one, bit for bit; false if it is absent.
   */
  boolean load(String name);
}
