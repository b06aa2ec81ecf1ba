package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.plan.Worker;

/**
 * Asks the questions of passages without the passage (docs/seal.md §2.5), each passage of an
 * adapter of its own or of the model itself; grades the answers and scores the gold ones.
 */
final class PassageExaminer implements AutoCloseable {
  private static final GeneratorOptions OPTIONS = new GeneratorOptions(256, 8, 32);

  private final PassageLanguage language;
  private final AnswerGrader grader;
  private final GenerationConfig greedy;
  private final Generator generator;
  private final Scorer scorer;

  /**
   * What came out for a passage.
   *
   * @param reward mean grade of its answers, in [0, 1]
   * @param nll mean over questions of the gold answer's negative log-likelihood per token, in nats
   * @param answers one per question, as written
   */
  record Result(double reward, double nll, List<String> answers) {}

  PassageExaminer(
      PassageModel model,
      AnswerGrader grader,
      int maxAnswerTokens,
      LinearBank bank,
      Worker worker,
      KvCache cache) {
    this.language = model.language();
    this.grader = grader;
    Weights weights = model.weights();
    greedy = new GenerationConfig(Sampling.mostLikely(), language.stop(maxAnswerTokens));
    generator = new Generator(weights, bank, worker, OPTIONS, cache);
    scorer = new Scorer(weights, bank, worker);
  }

  /**
   * Examines passages.
   *
   * @param adapters the adapter of each
   */
  List<Result> examine(List<Passage> passages, int[] adapters) {
    List<TokenSequence> golds = new ArrayList<>();
    List<Integer> adapterOfGold = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      for (Question question : passages.get(i).questions()) {
        golds.add(language.gold(passages.get(i), question));
        adapterOfGold.add(adapters[i]);
      }
    }
    List<List<String>> answers = ask(passages, adapters);
    var scores = scorer.score(golds, adapterOfGold.stream().mapToInt(Integer::intValue).toArray());
    List<Result> results = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < passages.size(); i++) {
      Passage passage = passages.get(i);
      double nll = 0;
      for (int q = 0; q < passage.questions().size(); q++) {
        nll += scores.get(next).mean();
        next++;
      }
      int asked = passage.questions().size();
      results.add(new Result(share(passage, answers.get(i)), nll / asked, answers.get(i)));
    }
    return results;
  }

  /**
   * Asks without scoring the gold answers.
   *
   * @param adapters the adapter of each passage
   * @return the answers of each passage, one per question
   */
  private List<List<String>> ask(List<Passage> passages, int[] adapters) {
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      for (Question question : passages.get(i).questions()) {
        TokenSequence prompt = language.questionPrompt(passages.get(i), question);
        prompts.add(Prompt.of(prompt, Seeds.of(0)).withAdapter(adapters[i]));
      }
    }
    List<Generation> generations = generator.generate(prompts, greedy);
    List<List<String>> answers = new ArrayList<>();
    int next = 0;
    for (Passage passage : passages) {
      List<String> texts = new ArrayList<>();
      for (int q = 0; q < passage.questions().size(); q++) {
        texts.add(language.text(generations.get(next).tokens()).strip());
        next++;
      }
      answers.add(texts);
    }
    return answers;
  }

  /** The answers of the model itself, with their mean grade. */
  List<Answered> answer(List<Passage> passages) {
    List<List<String>> answers = ask(passages, new int[passages.size()]);
    List<Answered> answered = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      answered.add(new Answered(share(passages.get(i), answers.get(i)), answers.get(i)));
    }
    return answered;
  }

  /** Mean grade of the answers to a passage's questions. */
  private double share(Passage passage, List<String> answers) {
    double right = 0;
    for (int q = 0; q < answers.size(); q++) {
      right += grader.grade(passage.questions().get(q), answers.get(q));
    }
    return right / answers.size();
  }

  @Override
  public void close() {
    generator.close();
    scorer.close();
  }
}
