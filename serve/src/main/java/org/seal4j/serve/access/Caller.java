package org.seal4j.serve.access;

/**
 * Who asks.
 *
 * @param name of the key; {@code -} where no keys are used
 * @param turn number by which the engine tells callers apart
 */
public record Caller(String name, int turn) {}
