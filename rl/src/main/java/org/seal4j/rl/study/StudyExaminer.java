package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.passage.PassageExaminer;

/**
 * Asks the questions of a passage; the reward is the mean grade of the answers, the dense reward
 * the likelihood of the gold ones, which is not computed where the passage is in sight.
 *
 * @param form tokens and prompts
 * @param grader judges the answers
 * @param tokens longest answer
 * @param inSight whether the passage stands in front of each question: what there is to reach
 */
public record StudyExaminer(StudyForm form, AnswerGrader grader, int tokens, boolean inSight)
    implements Examiner<PassageContext> {

  @Override
  public GenerationConfig answering() {
    return new GenerationConfig(
        Sampling.mostLikely(), inSight ? form.line(tokens) : form.answer(tokens));
  }

  @Override
  public Exam exam(PassageContext context, Seeds seeds) {
    Passage passage = context.passage();
    List<Question> questions = passage.questions();
    List<Prompt> prompts = new ArrayList<>();
    List<TokenSequence> golds = new ArrayList<>();
    for (Question question : questions) {
      TokenSequence prompt =
          inSight ? form.openBook(passage, question.text()) : form.closedBook(question.text());
      prompts.add(Prompt.of(prompt, Seeds.of(0)));
      if (!inSight) {
        int[] gold = form.certainAnswer(question.text(), question.gold());
        golds.add(StudyRows.row(prompt, gold, null));
      }
    }
    return new Exam(
        prompts,
        golds,
        String.join("\n", questions.stream().map(Question::gold).toList()),
        answers ->
            PassageExaminer.grade(grader, questions, answers.stream().map(form::words).toList()));
  }
}
