package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.seal4j.data.squad.Passage;
import org.seal4j.eval.squad.TokenRecall;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Sampling;
import org.seal4j.rl.inner.Asking;

/**
 * Has a chat model answer its questions a second time, in conversation and with the passage in
 * front of it. Trained on beside the answers in a few words, they keep the way it speaks.
 */
final class SentenceAnswers {
  /** The answer must be said in its first words, as where an answer is graded. */
  private static final int WORDS = 40;

  private static final TokenRecall RECALL = TokenRecall.calibrated();

  private final StudyForm form;
  private final Asking asking;
  private final GenerationConfig answering;

  /**
   * @param asking the model that reads the passage
   * @param tokens longest answer
   * @param likeliest tokens of the teacher at each place of an answer
   */
  SentenceAnswers(StudyForm form, Asking asking, int tokens, int likeliest) {
    this.form = form;
    this.asking = asking;
    answering = new GenerationConfig(Sampling.mostLikely(), form.text(tokens), likeliest);
  }

  /**
   * The questions with such answers, where they end and say what the answer in a few words says.
   * Without a chat template they stay as they are.
   */
  List<StudyQuestion> of(Passage passage, List<StudyQuestion> questions) {
    if (questions.isEmpty() || form.chat().isEmpty()) {
      return questions;
    }
    List<Generation> made =
        asking.all(
            questions.stream().map(q -> form.inConversation(passage, q.text())).toList(),
            answering);
    List<StudyQuestion> all = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      StudyQuestion question = questions.get(i);
      Answered sentence = Answered.inConversation(form, made.get(i));
      all.add(
          new StudyQuestion(
              question.passage(),
              question.kind(),
              question.text(),
              question.answer(),
              sentence.ended() && says(question, sentence.text()) ? sentence : null));
    }
    return all;
  }

  /** Whether a sentence says what the answer in a few words says. */
  static boolean says(StudyQuestion question, String sentence) {
    String first =
        Arrays.stream(sentence.split("\\s+", -1)).limit(WORDS).collect(Collectors.joining(" "));
    return RECALL.grade(question.text(), List.of(question.answer().text()), first) == 1;
  }
}
