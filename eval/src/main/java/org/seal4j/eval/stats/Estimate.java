package org.seal4j.eval.stats;

/**
 * A figure with its uncertainty.
 *
 * @param value the figure itself, from all data
 * @param standardError standard deviation of the figure over resampled data
 * @param interval 95 % interval unless asked for otherwise
 * @param tasks number of independent tasks behind it
 */
public record Estimate(double value, double standardError, Interval interval, int tasks) {}
