package org.seal4j.rl.passage;

import java.util.List;

/**
 * What a model answered about a passage without it.
 *
 * @param share of its questions that were answered, in [0, 1]
 * @param answers one per question, as written
 */
public record Answered(double share, List<String> answers) {
  public Answered {
    answers = List.copyOf(answers);
  }
}
