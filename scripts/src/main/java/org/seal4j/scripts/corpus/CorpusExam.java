package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.eval.squad.TokenRecall;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Grade;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.study.StudyExaminer;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.rl.study.StudyRows;

/**
 * How questions are put: alone, or behind passages, as many of them as the model has room for.
 *
 * @param form tokens and prompts
 * @param grader judges the answers about passages
 * @param tokens longest answer
 * @param context most tokens that the model reads and writes
 */
record CorpusExam(StudyForm form, AnswerGrader grader, int tokens, int context) {
  /** Where a question is about no passage. */
  private static final Passage NONE = new Passage("general", "general", "general", List.of());

  /**
   * Asks a question.
   *
   * @param over what stands over the model
   * @param inSight passages in front of the question, best first
   * @param about passage of the question; empty for a general one, which is always graded by token
   *     recall
   */
  Ask ask(Over over, List<Passage> inSight, Optional<Passage> about, Question question) {
    AnswerGrader judge = about.isPresent() ? grader : TokenRecall.calibrated();
    String name = about.orElse(NONE).id() + " " + question.id();
    for (int count = inSight.size(); count > 0; count--) {
      List<Passage> some = inSight.subList(0, count);
      Exam exam = exam(new StudyExaminer(form, judge, tokens, true), together(some), question);
      if (count == 1 || exam.prompts().get(0).tokens().length() + tokens <= context) {
        List<String> ids = some.stream().map(Passage::id).toList();
        return new Ask(over, String.join("\n", ids), name, exam);
      }
    }
    StudyExaminer alone = new StudyExaminer(form, judge, tokens, false);
    return new Ask(over, "", name, exam(alone, about.orElse(NONE), question));
  }

  private static Exam exam(StudyExaminer examiner, Passage passage, Question question) {
    Passage one = new Passage(passage.id(), passage.title(), passage.context(), List.of(question));
    return examiner.exam(new PassageContext(one), Seeds.of(0));
  }

  /** Passages as one, each with its title in front, as {@link StudyForm} puts the first. */
  private static Passage together(List<Passage> passages) {
    Passage first = passages.get(0);
    List<String> texts = new ArrayList<>(List.of(first.context()));
    passages.subList(1, passages.size()).stream()
        .map(passage -> "Context: " + passage.title() + "\n" + passage.context())
        .forEach(texts::add);
    return new Passage(first.id(), first.title(), String.join("\n\n", texts), List.of());
  }

  /** Asks how likely a paragraph of the general text is. */
  Ask paragraph(Over over, int number, String text) {
    TokenSequence tokenized = new StudyRows(form).text(text);
    Exam exam = new Exam(List.of(), List.of(tokenized), "", answers -> new Grade(0, List.of()));
    return new Ask(over, "", "paragraph " + number, exam);
  }
}
