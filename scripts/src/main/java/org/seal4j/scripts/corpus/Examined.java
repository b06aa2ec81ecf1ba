package org.seal4j.scripts.corpus;

import java.util.List;
import org.seal4j.data.squad.Passage;

/**
 * What is asked about a corpus together: one item of the intervals' titles.
 *
 * @param passage with the questions that are asked
 * @param sources ids of the passages that are needed to answer them
 * @param within passages that a corpus must begin with to have all of them
 */
record Examined(Passage passage, List<String> sources, int within) {
  Examined {
    sources = List.copyOf(sources);
  }

  /** The questions about a single passage at this place. */
  static Examined alone(Passage passage, int place) {
    return new Examined(passage, List.of(passage.id()), place + 1);
  }
}
