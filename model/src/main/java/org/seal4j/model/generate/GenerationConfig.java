package org.seal4j.model.generate;

/**
 * How all answers of one call are written.
 *
 * @param sampling how a token is chosen
 * @param stop when an answer ends
 */
public record GenerationConfig(Sampling sampling, StopRule stop) {}
