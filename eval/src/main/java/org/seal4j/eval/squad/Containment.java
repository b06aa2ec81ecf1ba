package org.seal4j.eval.squad;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Right where the words of a gold answer stand in the answer, next to each other and in order,
 * articles left out: precise, and blind to every other wording.
 */
record Containment() implements AnswerGrader {
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

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
      if (!run.isEmpty() && Collections.indexOfSubList(given, run) >= 0) {
        return 1;
      }
    }
    return 0;
  }

  private static List<String> words(String text) {
    return AnswerWords.of(text).stream().filter(word -> !ARTICLES.contains(word)).toList();
  }
}
