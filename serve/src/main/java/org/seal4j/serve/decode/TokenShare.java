package org.seal4j.serve.decode;

/**
 * One of the likeliest tokens at a place.
 *
 * @param id of the token
 * @param logProbability under the model alone
 */
public record TokenShare(int id, double logProbability) {}
