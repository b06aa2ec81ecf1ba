package org.seal4j.eval.squad;

import java.util.Collections;
import java.util.List;

/**
 * Right where the words of a gold answer stand in the answer, next to each other and in order,
 * articles left out: precise, and blind to every other wording. A gold that is nothing but articles
 * must stand there as it is written.
 */
record Containment() implements AnswerGrader {
  @Override
  public String label() {
    return "containment";
  }

  @Override
  public double grade(String question, List<String> golds, String answer) {
    if (golds.isEmpty()) {
      return answer.isBlank() ? 1 : 0;
    }
    List<String> given = words(answer);
    for (String gold : golds) {
      List<String> run = words(gold);
      boolean contained =
          BareArticles.are(gold)
              ? BareArticles.standIn(answer, gold)
              : !run.isEmpty() && Collections.indexOfSubList(given, run) >= 0;
      if (contained) {
        return 1;
      }
    }
    return 0;
  }

  private static List<String> words(String text) {
    return AnswerWords.of(text).stream()
        .filter(word -> !BareArticles.ARTICLES.contains(word))
        .toList();
  }
}
