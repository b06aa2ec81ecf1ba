package org.seal4j.data.squad;

import java.util.List;

/**
 * A passage and what a model wrote about it.
 *
 * @param passage what it was asked to write about
 * @param prompt the exact text that it was given; empty where it is not known
 * @param completions what it wrote, in the order of sampling; may be empty
 */
public record CompletedPassage(Passage passage, String prompt, List<String> completions) {
  public CompletedPassage {
    completions = List.copyOf(completions);
  }

  /** A passage that nothing was written about. */
  public static CompletedPassage of(Passage passage) {
    return new CompletedPassage(passage, "", List.of());
  }
}
