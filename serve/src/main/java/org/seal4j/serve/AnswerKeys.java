package org.seal4j.serve;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.text.Computing;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Engine;

/**
 * What answers may cost.
 *
 * @param longest tokens of an answer at most
 * @param usual tokens of an answer at most where a request names no number: a model that does not
 *     come to its end is done before a client gives up
 * @param together number of answers that are written at once, at most
 * @param threads number of threads that write them, 1 to 256; 0 for one on each processor
 * @param cacheTokens tokens that they hold together, prompts and answers
 * @param prefixBytes size in bytes of the memory for what prompts begin with, so that it is not
 *     read again; 0 for none
 * @param waiting number of requests that wait for their turn, at most; more are told to come back
 * @param seed seed of requests that bring none
 */
public record AnswerKeys(
    int longest,
    int usual,
    int together,
    int threads,
    int cacheTokens,
    long prefixBytes,
    int waiting,
    long seed) {
  private static final int MOST_THREADS = 256;

  public AnswerKeys {
    Checks.require(longest >= 1, "longest must be at least 1 but was %d", longest);
    Checks.require(
        usual >= 1 && usual <= longest,
        "usual must be in 1 to longest (%d) but was %d",
        longest,
        usual);
    Checks.require(together >= 1, "together must be at least 1 but was %d", together);
    Checks.require(
        threads >= 0 && threads <= MOST_THREADS,
        "threads must be 0 (one on each processor) to %d but was %d",
        MOST_THREADS,
        threads);
    Checks.require(cacheTokens >= 1, "cacheTokens must be at least 1 but was %d", cacheTokens);
    Checks.require(prefixBytes >= 0, "prefixBytes must be at least 0 but was %d", prefixBytes);
    Checks.require(waiting >= 1, "waiting must be at least 1 but was %d", waiting);
  }

  /**
   * How a model is to be opened that is served so.
   *
   * @param weights null for packed ones where that copy is small
   */
  public Computing computing(Engine engine, @Nullable WeightForm weights) {
    return threads == 0 ? new Computing(engine, weights) : new Computing(engine, weights, threads);
  }
}
