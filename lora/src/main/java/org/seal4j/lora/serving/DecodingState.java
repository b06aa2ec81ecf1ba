package org.seal4j.lora.serving;

/**
 * What a service is doing, and has done so far.
 *
 * @param running requests in the batch
 * @param waiting requests that wait for a place in it
 * @param finished requests that have ended by themselves
 * @param cancelled requests that their callers gave up
 * @param failed requests that could not go on
 * @param tokensRead tokens of prompts that were read
 * @param tokensReused tokens of prompts that were known and not read
 * @param tokensWritten tokens of answers
 * @param prefixBytes memory of what is known of prompts
 * @param adapters adapters that lie ready to answer
 * @param swaps how often an adapter was put into a place
 */
public record DecodingState(
    int running,
    int waiting,
    long finished,
    long cancelled,
    long failed,
    long tokensRead,
    long tokensReused,
    long tokensWritten,
    long prefixBytes,
    int adapters,
    long swaps) {}
