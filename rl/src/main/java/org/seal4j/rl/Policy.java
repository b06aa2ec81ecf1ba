package org.seal4j.rl;

import java.util.List;

/**
 * Writes self-edits (SEAL's policy θ). It need not write well-formed ones: the loop reads them
 * through an {@link EditFormat} and asks again, a bounded number of times.
 */
public interface Policy<C extends Context> {
  /**
   * One sample per request, in request order, from the current weights. A sample depends on its own
   * request alone: not on the other requests, their number or their order.
   */
  List<Sample> sample(List<SampleRequest<C>> requests);
}
