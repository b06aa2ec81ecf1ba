package org.seal4j.rl.passage;

import java.util.List;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.Grade;

/**
 * Asks the questions of a passage without the passage (docs/seal.md §2.5); the reward is the mean
 * grade of the answers, the dense reward the likelihood of the gold ones.
 *
 * @param language tokens and prompts
 * @param grader judges the answers
 * @param maxAnswerTokens longest answer
 */
public record PassageExaminer(PassageLanguage language, AnswerGrader grader, int maxAnswerTokens)
    implements Examiner<PassageContext> {

  @Override
  public GenerationConfig answering() {
    return new GenerationConfig(Sampling.mostLikely(), language.stop(maxAnswerTokens));
  }

  @Override
  public Exam exam(PassageContext context, Seeds seeds) {
    Passage passage = context.passage();
    List<Question> questions = passage.questions();
    return new Exam(
        questions.stream()
            .map(q -> Prompt.of(language.questionPrompt(passage, q), Seeds.of(0)))
            .toList(),
        questions.stream().map(q -> language.gold(passage, q)).toList(),
        String.join("\n", questions.stream().map(Question::gold).toList()),
        answers -> grade(questions, answers));
  }

  private Grade grade(List<Question> questions, List<int[]> answers) {
    return grade(
        grader, questions, answers.stream().map(ids -> language.text(ids).strip()).toList());
  }

  /**
   * The mean grade of answers.
   *
   * @param texts the answers, one a question
   */
  public static Grade grade(AnswerGrader grader, List<Question> questions, List<String> texts) {
    double right = 0;
    for (int q = 0; q < texts.size(); q++) {
      right += grader.grade(questions.get(q), texts.get(q));
    }
    return new Grade(right / texts.size(), texts);
  }
}
