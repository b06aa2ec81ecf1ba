package org.seal4j.lora.bundle;

import org.seal4j.data.check.Checks;

/**
 * How questions are sent to passages.
 *
 * @param by how passages are found
 * @param top adapters that are summed, at most; at least 1
 */
public record RouteWay(RouteBy by, int top) {
  public RouteWay {
    Checks.require(top >= 1, "at least one passage must be taken but it was %d", top);
  }
}
