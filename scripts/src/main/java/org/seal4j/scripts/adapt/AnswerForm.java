package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.rl.study.Answered;
import org.seal4j.rl.study.StudyQuestion;

/** How the answers are worded that an adapter is trained on. */
public enum AnswerForm {
  /** In a few words, as they stand in the passage. */
  SHORT,
  /** As a chat model speaks; in a few words where it does not say the same. */
  SENTENCES,
  /** Both, each as a row of its own. */
  BOTH;

  /** The answers to a question that are trained on. */
  List<Answered> of(StudyQuestion question) {
    List<Answered> answers = new ArrayList<>();
    Answered sentence = question.sentence();
    if (sentence == null || this != SENTENCES) {
      answers.add(question.answer());
    }
    if (sentence != null && this != SHORT) {
      answers.add(sentence);
    }
    return answers;
  }
}
