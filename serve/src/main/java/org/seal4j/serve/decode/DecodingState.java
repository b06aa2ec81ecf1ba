package org.seal4j.serve.decode;

/**
 * What a service does now, and has done.
 *
 * @param running texts that are being written
 * @param waiting texts that wait for their turn
 * @param written tokens so far
 * @param reused tokens of prompts that were not read again
 */
public record DecodingState(int running, int waiting, long written, long reused) {}
