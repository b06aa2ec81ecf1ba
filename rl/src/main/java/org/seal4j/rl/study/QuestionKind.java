package org.seal4j.rl.study;

import java.util.List;
import java.util.Locale;

/**
 * What a question asks for. The model is given the first words of its question: then it writes one,
 * and no remark about one, and what it writes differs.
 */
public enum QuestionKind {
  /** Who, where, which. */
  FACT("Who|Where|Which|What"),
  /** What something is. */
  DEFINITION("What is"),
  /** Why or how. */
  CAUSE("Why|How did"),
  /** Several things. */
  LIST("What are|Which"),
  /** A date, an amount. */
  NUMBER("When|How many");

  private final String openings;

  QuestionKind(String openings) {
    this.openings = openings;
  }

  /** The first words of the n-th question of this kind. */
  String opening(int n) {
    List<String> all = List.of(openings.split("\\|", -1));
    return all.get(n % all.size());
  }

  /** The first words of the n-th of many questions: kinds take turns, and so do their openings. */
  static String openingOf(int n) {
    QuestionKind[] kinds = values();
    return kinds[n % kinds.length].opening(n / kinds.length);
  }

  /** As tables and reports spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
