package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The questions in a text that goes on behind {@code Question:} as the reading example does, with
 * answers between them or without. Answers are left out: whoever reads the passage gives them.
 */
final class QuestionList {
  private static final String QUESTION = "question:";
  private static final String ANSWER = "answer:";

  /** With it a model begins another passage. */
  static final String NEXT = "Context:";

  private QuestionList() {}

  /**
   * The questions in their order, each once; empty where there is none. Never throws.
   *
   * @param most of them; what comes behind is left out
   */
  static List<String> read(String text, int most) {
    int end = text.indexOf(NEXT);
    List<String> questions = new ArrayList<>();
    for (String line : (end < 0 ? text : text.substring(0, end)).lines().toList()) {
      String bare = line.strip();
      String small = bare.toLowerCase(Locale.ROOT);
      if (small.startsWith(ANSWER)) {
        continue;
      }
      String question = small.startsWith(QUESTION) ? bare.substring(QUESTION.length()) : bare;
      int mark = question.indexOf('?');
      String whole = mark < 0 ? "" : question.substring(0, mark + 1).strip();
      if (whole.length() > 1 && !questions.contains(whole) && questions.size() < most) {
        questions.add(whole);
      }
    }
    return questions;
  }
}
