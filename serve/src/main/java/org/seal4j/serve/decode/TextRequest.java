package org.seal4j.serve.decode;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;

/**
 * One text to be written.
 *
 * @param prompt ids of all that stands before it, at least one
 * @param adapters in effect together; empty for the model itself
 * @param sampling how a token is chosen, penalties included
 * @param stop when it ends; called for this request alone, token by token
 * @param seed of the choice, as {@code seal generate --seed} takes it
 * @param likeliest how many of the likeliest tokens are told at each place; 0 for none
 * @param priorityKey callers of one key share what is free with those of others, key by key
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record TextRequest(
    int[] prompt,
    List<WeightedAdapter> adapters,
    Sampling sampling,
    StopRule stop,
    long seed,
    int likeliest,
    int priorityKey) {
  public TextRequest {
    Checks.require(prompt.length >= 1, "the prompt has no token; write a prompt");
    Checks.require(likeliest >= 0, "likeliest must be >= 0 but was %d", likeliest);
    adapters = List.copyOf(adapters);
  }
}
