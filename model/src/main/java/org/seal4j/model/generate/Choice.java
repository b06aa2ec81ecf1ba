package org.seal4j.model.generate;

/**
 * A chosen token with its log-probabilities, see {@link Generation}.
 *
 * @param token its id
 * @param logProb in the distribution that it was drawn from
 * @param modelLogProb under the model alone
 */
record Choice(int token, double logProb, double modelLogProb) {}
