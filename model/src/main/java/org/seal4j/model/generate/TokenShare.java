package org.seal4j.model.generate;

/**
 * A token that might stand at some place, with how likely it is there.
 *
 * @param id the token
 * @param logProb natural logarithm of its probability under the model alone; negative infinity
 *     where that is below what float32 holds
 */
public record TokenShare(int id, double logProb) {}
