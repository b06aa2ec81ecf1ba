package org.seal4j.rl.edit;

/**
 * Which data tools a self-edit switches on (seal-spec §2.2, §2.3).
 *
 * @param basic the geometric transforms
 * @param size transforms that change the grid's size
 * @param chain compositions of several transforms
 * @param repeat a second pass over the set
 * @param color colour permutations as a tool of its own
 */
public record AugmentationFlags(
    boolean basic, boolean size, boolean chain, boolean repeat, boolean color) {}
