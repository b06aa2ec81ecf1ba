package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Score;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.Context;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.Grade;

/** Examines a model, or each adapter of a bank over it, on the thread of one worker. */
public final class ExamRunner implements AutoCloseable {
  private static final GeneratorOptions OPTIONS = new GeneratorOptions(256, 32);
  private static final int CONTEXTS_AT_ONCE = 8;

  private final GenerationConfig answering;
  private final Generator generator;
  private final Scorer scorer;

  /**
   * What came out of an examination.
   *
   * @param grade of the answers
   * @param negLogLikelihood mean over the gold answers of the negative log-likelihood per token, in
   *     nats; 0 where an exam has none
   */
  public record Result(Grade grade, double negLogLikelihood) {}

  /**
   * @param answering how answers are decoded
   * @param cache of the thread, which several of its runners may share
   */
  public ExamRunner(
      GenerationConfig answering, Weights weights, LinearBank bank, Worker worker, KvCache cache) {
    this.answering = answering;
    generator = new Generator(weights, bank, worker, OPTIONS, cache);
    scorer = new Scorer(weights, bank, worker);
  }

  /**
   * Examines and scores the gold answers.
   *
   * @param adapters the adapter of each exam, 0 for the model itself
   */
  public List<Result> examine(List<Exam> exams, int[] adapters) {
    List<Grade> grades = ask(exams, adapters);
    double[] likelihoods = negLogLikelihoods(exams, adapters);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < exams.size(); i++) {
      results.add(new Result(grades.get(i), likelihoods[i]));
    }
    return results;
  }

  /** Scores the gold answers alone, as {@link #examine} does. */
  double[] negLogLikelihoods(List<Exam> exams, int[] adapters) {
    List<TokenSequence> golds = new ArrayList<>();
    List<Integer> adapterOfGold = new ArrayList<>();
    for (int i = 0; i < exams.size(); i++) {
      for (TokenSequence gold : exams.get(i).golds()) {
        golds.add(gold);
        adapterOfGold.add(adapters[i]);
      }
    }
    List<Score> scores =
        scorer.score(golds, adapterOfGold.stream().mapToInt(Integer::intValue).toArray());
    double[] likelihoods = new double[exams.size()];
    int next = 0;
    for (int i = 0; i < exams.size(); i++) {
      int count = exams.get(i).golds().size();
      double sum = 0;
      for (Score score : scores.subList(next, next + count)) {
        sum += score.mean();
      }
      next += count;
      likelihoods[i] = count == 0 ? 0 : sum / count;
    }
    return likelihoods;
  }

  /** Examines the model itself, without scoring gold answers. */
  public List<Grade> ask(List<Exam> exams) {
    return ask(exams, new int[exams.size()]);
  }

  private List<Grade> ask(List<Exam> exams, int[] adapters) {
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < exams.size(); i++) {
      for (Prompt prompt : exams.get(i).prompts()) {
        prompts.add(prompt.withAdapter(adapters[i]));
      }
    }
    List<int[]> answers =
        generator.generate(prompts, answering).stream().map(Generation::tokens).toList();
    List<Grade> grades = new ArrayList<>();
    int next = 0;
    for (Exam exam : exams) {
      int end = next + exam.prompts().size();
      grades.add(exam.grade(answers.subList(next, end)));
      next = end;
    }
    return grades;
  }

  /** Examines a model on many contexts, on all of its workers. */
  public static <C extends Context> List<Grade> ask(
      SharedModel model, Examiner<C> examiner, List<C> contexts) {
    return Pieces.map(
        model.workers(),
        contexts,
        CONTEXTS_AT_ONCE,
        (piece, worker) -> {
          LinearBank base = LinearBank.base(model.weights());
          try (KvCache cache = new KvCache(model.weights().config(), worker.engine());
              ExamRunner runner =
                  new ExamRunner(examiner.answering(), model.weights(), base, worker, cache)) {
            return runner.ask(
                piece.stream().map(context -> examiner.exam(context, Seeds.of(0))).toList());
          }
        });
  }

  @Override
  public void close() {
    generator.close();
    scorer.close();
  }
}
