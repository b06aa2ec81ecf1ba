package org.seal4j.serve;

import org.seal4j.data.check.Checks;

/**
 * What answers may cost.
 *
 * @param longest tokens of an answer at most
 * @param waiting requests that wait for their turn at most; more are told to come back
 * @param seed of requests that bring none
 */
public record AnswerKeys(int longest, int waiting, long seed) {
  public AnswerKeys {
    Checks.require(longest >= 1, "longest must be at least 1 but was %d", longest);
    Checks.require(waiting >= 1, "waiting must be at least 1 but was %d", waiting);
  }
}
