package org.seal4j.data.arc;

/** What the augmentation flags of a self-edit mean. */
public enum AugmentationSchema {
  /**
   * SEAL's own groups (docs/seal.md §3.3): basic 11, size 3, chain 6, repeat 3; one recolouring and
   * one new demonstration order once any of them is on. There is no colour flag.
   */
  REFERENCE,

  /**
   * For grids that cannot grow. Differs from SEAL: every tool keeps the size of every grid, a few
   * transforms are drawn per edit in place of whole groups, recolouring is a tool of its own, and
   * repeat is a second pass with permuted demonstrations. There is no size flag.
   */
  COMPACT
}
