package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.squad.Passage;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.inner.Asking;

/**
 * Questions and answers that another, larger model writes about a passage, by the same rules as a
 * model's own ({@link QuestionWriter}). Its answers are texts, so each of their tokens is certain:
 * there is nothing to distil.
 */
public final class TaughtQuestions implements AutoCloseable {
  /** How often the other model is asked about a passage, at most. */
  public static final int ROUNDS = 3;

  private final StudyForm form;
  private final QuestionWriter.How how;
  private final Asking recalling;
  private final GenerationConfig alone;

  /** What the other model replies. */
  @FunctionalInterface
  public interface Replies {
    /**
     * The reply to a message.
     *
     * @param round from 1
     */
    String to(int round, String message);
  }

  /**
   * For this model, which is to learn the answers.
   *
   * @param how its count, answerTokens and sentenceTokens hold; the rest says how a model writes
   *     its own
   */
  public TaughtQuestions(Weights weights, StudyForm form, QuestionWriter.How how, Workers workers) {
    this.form = form;
    this.how = how;
    recalling = new Asking(weights, LinearBank.base(weights), workers, ClosedBookAnswers.ROWS);
    alone = new GenerationConfig(Sampling.mostLikely(), form.answer(how.answerTokens()));
  }

  /** Questions about one passage; the other model is asked again while too few are kept. */
  public QuestionWriter.Written write(Passage passage, Replies replies) {
    QuestionFilter filter = new QuestionFilter(passage, FilterLevel.USEFUL);
    KeptQuestions questions = new KeptQuestions(filter, how.count());
    List<String> asked = new ArrayList<>();
    int written = 0;
    for (int round = 1; round <= ROUNDS && questions.missing() > 0; round++) {
      String message = QuestionRequest.text(passage, questions.missing(), asked);
      QuestionReply.Read read = QuestionReply.read(replies.to(round, message));
      written += read.drafts().size() + read.broken();
      if (read.broken() > 0) {
        questions.reject(Rejection.BROKEN, read.broken());
      }
      List<StudyQuestion> useful = new ArrayList<>();
      for (QuestionReply.Draft draft : takingTurns(read.drafts())) {
        asked.add(draft.question());
        StudyQuestion question = question(passage, draft);
        Optional<Rejection> reason = filter.question(question.text());
        questions.reject(reason.or(() -> filter.answer(question)), () -> useful.add(question));
      }
      questions.keepUnknown(useful, this::recalled);
    }
    return new QuestionWriter.Written(questions.kept(), written, questions.rejected());
  }

  private List<String> recalled(List<StudyQuestion> questions) {
    return ClosedBookAnswers.of(
        recalling, form, questions.stream().map(StudyQuestion::text).toList(), alone);
  }

  private StudyQuestion question(Passage passage, QuestionReply.Draft draft) {
    Answered brief = answered(draft.question(), draft.answer(), how.answerTokens());
    StudyQuestion question = new StudyQuestion(passage.id(), draft.kind(), draft.question(), brief);
    return new StudyQuestion(
        question.passage(), question.kind(), question.text(), brief, sentence(question, draft));
  }

  private @Nullable Answered sentence(StudyQuestion question, QuestionReply.Draft draft) {
    if (form.chat().isEmpty()
        || how.sentenceTokens() == 0
        || !SentenceAnswers.says(question, draft.sentence())) {
      return null;
    }
    Answered sentence = answered(draft.question(), draft.sentence(), how.sentenceTokens());
    return sentence.ended() ? sentence : null;
  }

  /** An answer that is too long counts as one that did not come to its end. */
  private Answered answered(String question, String text, int most) {
    int[] tokens = form.certainAnswer(question, text);
    return new Answered(text, tokens, tokens.length <= most + 1, null);
  }

  /** One of each kind, then the next of each. */
  private static List<QuestionReply.Draft> takingTurns(List<QuestionReply.Draft> drafts) {
    Map<QuestionKind, List<QuestionReply.Draft>> byKind = new EnumMap<>(QuestionKind.class);
    drafts.forEach(d -> byKind.computeIfAbsent(d.kind(), kind -> new ArrayList<>()).add(d));
    List<QuestionReply.Draft> all = new ArrayList<>();
    for (int turn = 0; all.size() < drafts.size(); turn++) {
      for (List<QuestionReply.Draft> one : byKind.values()) {
        if (turn < one.size()) {
          all.add(one.get(turn));
        }
      }
    }
    return all;
  }

  @Override
  public void close() {
    recalling.close();
  }
}
