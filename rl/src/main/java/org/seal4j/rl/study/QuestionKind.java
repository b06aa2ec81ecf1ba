package org.seal4j.rl.study;

import java.util.List;
import java.util.Locale;

/**
 * What a question asks for. The model is given the first words of its question: then it writes one,
 * and no remark about one, and what it writes differs.
 */
public enum QuestionKind {
  /** Who, where, which. */
  FACT(List.of("Who", "Where", "Which", "What")),
  /** What something is. */
  DEFINITION(List.of("What is")),
  /** Why or how. */
  CAUSE(List.of("Why", "How did")),
  /** Several things. */
  LIST(List.of("What are", "Which")),
  /** A date, an amount. */
  NUMBER(List.of("When", "How many"));

  private final List<String> openings;

  QuestionKind(List<String> openings) {
    this.openings = openings;
  }

  /** The first words of the n-th question of this kind. */
  String opening(int n) {
    return openings.get(n % openings.size());
  }

  /** As tables and reports spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
