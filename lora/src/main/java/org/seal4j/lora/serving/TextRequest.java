package org.seal4j.lora.serving;

import java.util.List;
import java.util.function.Supplier;
import org.seal4j.data.check.Checks;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.generate.TokenMask;

/**
 * One request for one answer.
 *
 * @param prompt ids of all that stands before the answer, at least one
 * @param adapters none: the model itself; one of weight 1: that adapter; else the sum of what each
 *     adds, times its weight
 * @param sampling how a token is chosen, penalties included
 * @param stop when the answer ends; its condition is asked on the thread that decodes, so it must
 *     be quick. The model's context ends an answer as well
 * @param seed the only randomness of the answer
 * @param likeliest how many of the likeliest tokens are told at each place; 0 for none
 * @param priorityKey who asks: callers take turns
 * @param mask fresh followers of a grammar that the answer obeys; asked on the thread that decodes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record TextRequest(
    int[] prompt,
    List<WeightedAdapter> adapters,
    Sampling sampling,
    StopRule stop,
    long seed,
    int likeliest,
    int priorityKey,
    Supplier<TokenMask> mask) {
  /** Any answer is allowed. */
  public TextRequest(
      int[] prompt,
      List<WeightedAdapter> adapters,
      Sampling sampling,
      StopRule stop,
      long seed,
      int likeliest,
      int priorityKey) {
    this(prompt, adapters, sampling, stop, seed, likeliest, priorityKey, () -> TokenMask.ANY);
  }

  public TextRequest {
    Checks.require(prompt.length >= 1, "the prompt is empty; write at least one token");
    Checks.require(likeliest >= 0, "likeliest must be >= 0 but was %d", likeliest);
    adapters = List.copyOf(adapters);
  }
}
