package org.seal4j.lora.bundle;

import java.util.Comparator;
import java.util.List;

/**
 * Passages by how well they fit a question.
 *
 * @param passages best first; empty where none fits at all
 * @param evidence that the question is about the first one, on the scale of the router that says
 *     it: what a {@link Gate} looks at
 */
public record Ranking(List<Ranked> passages, double evidence) {
  /** Best score first; of equal ones the first id. */
  static final Comparator<Ranked> ORDER =
      Comparator.comparingDouble(Ranked::score).reversed().thenComparing(Ranked::passage);

  public Ranking {
    passages = List.copyOf(passages);
  }

  /**
   * One of them.
   *
   * @param passage id
   * @param score on the scale of the router
   */
  public record Ranked(String passage, double score) {}

  /** No passage fits. */
  static Ranking none() {
    return new Ranking(List.of(), 0);
  }
}
