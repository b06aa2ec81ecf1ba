package org.seal4j.rl;

import org.seal4j.data.seed.Seeds;

/** One place for an edit in a phase. All its randomness hangs on {@code seeds}. */
record Slot<C extends Context>(EditRow.Key key, C context, Seeds seeds) {
  int index() {
    return key.index();
  }
}
