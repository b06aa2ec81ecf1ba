package org.seal4j.data.arc;

/** Which tokens of a grid sequence are learned. */
public enum LossMask {
  /** Every token but the first. */
  ALL_TOKENS,

  /**
   * Every output grid of the sequence, each with the token that closes it. Differs from SEAL: there
   * the loss is on the last output alone; for small models every demonstration teaches.
   */
  OUTPUT_GRIDS,

  /**
   * The last output grid with its {@code END}: SEAL's loss on output tokens (docs/seal.md §3.4).
   */
  LAST_OUTPUT
}
