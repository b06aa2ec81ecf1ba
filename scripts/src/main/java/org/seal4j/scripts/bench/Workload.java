package org.seal4j.scripts.bench;

/**
 * Something to be timed.
 *
 * @param name the same as in the twin, such as {@code train-small-adamw}
 * @param warmUp runs before the first measurement, until the compiler is done with it
 * @param runs runs of one measurement
 * @param body one run
 */
record Workload(String name, int warmUp, int runs, Runnable body) {}
