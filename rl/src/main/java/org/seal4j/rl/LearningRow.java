package org.seal4j.rl;

/**
 * One optimizer step of an M-step, as the journal keeps it.
 *
 * @param round the number of the round
 * @param step from 0
 * @param loss training loss of this step
 */
public record LearningRow(int round, int step, double loss) {}
