package org.seal4j.rl.keys;

import org.jspecify.annotations.Nullable;

/** Which model self-edits adapt. */
public enum Adapted {
  /** The policy itself, as its rounds have made it (Zweiger et al. 2025, arXiv 2506.10943). */
  POLICY,
  /**
   * The model that the run began with. The policy writes self-edits for it, as a teacher for a
   * student, and what rounds teach the policy takes nothing from the model that is adapted.
   */
  START;

  /** The choice of a recipe; {@link #POLICY} where it makes none. */
  public static Adapted of(@Nullable Adapted chosen) {
    return chosen == null ? POLICY : chosen;
  }
}
