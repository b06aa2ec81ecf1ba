package org.seal4j.rl.study;

import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
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
 * Asks what no passage is about, to see whether an adapter of a passage spoils what the model could
 * do before. The reward is the mean grade of the answers; the likelihood is that of a text, as the
 * mean over its paragraphs of nats a token: its exponential is the perplexity.
 *
 * @param form tokens and prompts
 * @param grader judges the answers
 * @param questions about the world
 * @param paragraphs of the text
 * @param tokens longest answer
 */
public record GeneralExaminer(
    StudyForm form,
    AnswerGrader grader,
    List<Question> questions,
    List<String> paragraphs,
    int tokens)
    implements Examiner<PassageContext> {
  public GeneralExaminer {
    questions = List.copyOf(questions);
    paragraphs = List.copyOf(paragraphs);
  }

  @Override
  public GenerationConfig answering() {
    return new GenerationConfig(Sampling.mostLikely(), form.answer(tokens));
  }

  @Override
  public Exam exam(PassageContext context, Seeds seeds) {
    List<Prompt> prompts =
        questions.stream()
            .map(question -> Prompt.of(form.closedBook(question.text()), Seeds.of(0)))
            .toList();
    List<TokenSequence> texts = paragraphs.stream().map(form::text).toList();
    return new Exam(
        prompts,
        texts,
        String.join("\n", questions.stream().map(Question::gold).toList()),
        answers ->
            PassageExaminer.grade(grader, questions, answers.stream().map(form::words).toList()));
  }
}
