package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.squad.Question;

/** Gives the questions of a document to its passages. */
final class QuestionPlaces {
  private QuestionPlaces() {}

  /** Each question goes to the first passage with one of its answers, or else to the first one. */
  static List<DocumentPassage> ask(List<Question> questions, List<DocumentPassage> passages) {
    if (questions.isEmpty() || passages.isEmpty()) {
      return passages;
    }
    List<List<Question>> asked = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (DocumentPassage passage : passages) {
      asked.add(new ArrayList<>());
      texts.add(normal(passage.text()));
    }
    for (Question question : questions) {
      asked.get(place(question, texts)).add(question);
    }
    List<DocumentPassage> all = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      all.add(passages.get(i).withQuestions(asked.get(i)));
    }
    return all;
  }

  private static int place(Question question, List<String> texts) {
    for (String answer : question.answers()) {
      for (int i = 0; i < texts.size(); i++) {
        if (texts.get(i).contains(normal(answer))) {
          return i;
        }
      }
    }
    return 0;
  }

  private static String normal(String text) {
    return CleanText.oneLine(text).toLowerCase(Locale.ROOT);
  }
}
