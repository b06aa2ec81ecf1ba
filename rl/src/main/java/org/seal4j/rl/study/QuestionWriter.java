package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.inner.Asking;

/**
 * Has a model write questions about a passage, answer them while it reads the passage, and keeps
 * those that can be learned from. While it answers, its likeliest tokens at each place are kept:
 * they are what an adapter is trained on later, and cost nothing more.
 */
public final class QuestionWriter implements AutoCloseable {
  /** Longest question. */
  private static final int QUESTION_TOKENS = 32;

  /** Most tokens of a teacher at each place: those behind have no share to speak of. */
  public static final int MOST_LIKELIEST = 1000;

  /** Prompts with a passage that one thread answers at once. */
  static final int ROWS = 24;

  private final StudyForm form;
  private final How how;
  private final Asking reading;
  private final Asking recalling;
  private final GenerationConfig writing;
  private final GenerationConfig answering;
  private final GenerationConfig alone;

  /**
   * How questions are written.
   *
   * @param count questions that are kept of a passage, at most
   * @param draws questions that are written for each that is to be kept
   * @param temperature of their writing; at 1 a third of a small model's questions are none
   * @param topP share of probability that is drawn from
   * @param answerTokens longest answer in a few words
   * @param sentenceTokens longest answer in conversation, which a chat model gives besides; 0 for
   *     none
   * @param likeliest tokens of the teacher at each place of an answer
   */
  public record How(
      int count,
      double draws,
      double temperature,
      double topP,
      int answerTokens,
      int sentenceTokens,
      int likeliest) {
    public How {
      Checks.require(count >= 0, "questions.count must be >= 0 but was %d", count);
      Checks.require(draws >= 1, "questions.draws must be >= 1 but was %s", draws);
      Checks.require(
          answerTokens >= 1, "questions.answerTokens must be >= 1 but was %d", answerTokens);
      Checks.require(sentenceTokens >= 0, "sentenceTokens must be >= 0 but was %d", sentenceTokens);
      Checks.require(
          temperature > 0 && Double.isFinite(temperature),
          "questions.temperature must be finite and > 0 but was %s",
          temperature);
      Checks.require(topP > 0 && topP <= 1, "questions.topP must be in (0, 1] but was %s", topP);
      Checks.require(
          likeliest >= 1 && likeliest <= MOST_LIKELIEST,
          "questions.likeliest must be in 1 to %d but was %d",
          MOST_LIKELIEST,
          likeliest);
    }

    int written() {
      return (int) Math.ceil(count * draws);
    }
  }

  /**
   * What came of a passage.
   *
   * @param kept in the order in which they were written, kinds taking turns
   * @param written questions that were written
   * @param rejected how many were not kept, by reason; those beyond the wanted number are in none
   */
  public record Written(List<StudyQuestion> kept, int written, Map<Rejection, Integer> rejected) {
    public Written {
      kept = List.copyOf(kept);
      rejected = Map.copyOf(rejected);
    }
  }

  private record Draft(QuestionKind kind, String text) {}

  public QuestionWriter(Weights weights, StudyForm form, How how, Workers workers) {
    this.form = form;
    this.how = how;
    LinearBank linears = LinearBank.base(weights);
    reading = new Asking(weights, linears, workers, ROWS);
    recalling = new Asking(weights, linears, workers, ClosedBookAnswers.ROWS);
    Sampling drawn = Sampling.at(how.temperature).withTopP(how.topP);
    writing = new GenerationConfig(drawn, form.question(QUESTION_TOKENS));
    answering =
        new GenerationConfig(Sampling.mostLikely(), form.line(how.answerTokens), how.likeliest);
    alone = new GenerationConfig(Sampling.mostLikely(), form.answer(how.answerTokens));
  }

  /**
   * Questions about one passage.
   *
   * @param seeds of this passage
   */
  public Written write(Passage passage, Seeds seeds) {
    QuestionFilter filter = new QuestionFilter(passage, FilterLevel.USEFUL);
    KeptQuestions questions = new KeptQuestions(filter, how.count);
    List<Draft> drafts = new ArrayList<>();
    for (Draft draft : drafts(passage, seeds)) {
      questions.reject(filter.question(draft.text), () -> drafts.add(draft));
    }
    List<StudyQuestion> answered = new ArrayList<>();
    for (StudyQuestion question : open(passage, drafts)) {
      questions.reject(filter.answer(question), () -> answered.add(question));
    }
    questions.keepUnknown(answered, this::closed);
    List<StudyQuestion> kept = sentences(passage, questions.kept());
    return new Written(kept, how.written(), questions.rejected());
  }

  private List<StudyQuestion> sentences(Passage passage, List<StudyQuestion> kept) {
    return how.sentenceTokens == 0
        ? kept
        : new SentenceAnswers(form, reading, how.sentenceTokens, how.likeliest).of(passage, kept);
  }

  private List<StudyQuestion> open(Passage passage, List<Draft> drafts) {
    List<Generation> made =
        reading.all(
            drafts.stream().map(draft -> form.openBook(passage, draft.text)).toList(), answering);
    List<StudyQuestion> questions = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Answered answer = Answered.of(form, made.get(i));
      Draft draft = drafts.get(i);
      questions.add(new StudyQuestion(passage.id(), draft.kind, draft.text, answer));
    }
    return questions;
  }

  private List<String> closed(List<StudyQuestion> questions) {
    return ClosedBookAnswers.of(
        recalling, form, questions.stream().map(StudyQuestion::text).toList(), alone);
  }

  private List<Draft> drafts(Passage passage, Seeds seeds) {
    QuestionKind[] kinds = QuestionKind.values();
    List<TokenSequence> prompts = new ArrayList<>();
    List<Seeds> drawn = new ArrayList<>();
    for (int i = 0; i < how.written(); i++) {
      prompts.add(form.writing(passage, QuestionKind.openingOf(i)));
      drawn.add(seeds.child("question", i));
    }
    List<Generation> made = reading.all(prompts, drawn, writing);
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      String rest = form.tokenizer().decode(made.get(i).tokens());
      drafts.add(
          new Draft(kinds[i % kinds.length], QuestionList.first(QuestionKind.openingOf(i) + rest)));
    }
    return drafts;
  }

  @Override
  public void close() {
    reading.close();
    recalling.close();
  }
}
