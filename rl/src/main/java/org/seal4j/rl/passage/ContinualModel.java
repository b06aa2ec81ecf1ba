package org.seal4j.rl.passage;

import java.util.List;
import java.util.Map;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.lora.continual.Fisher;
import org.seal4j.lora.continual.KlAnchor;
import org.seal4j.lora.continual.PenalizedInnerLoop;
import org.seal4j.lora.continual.Penalty;
import org.seal4j.lora.continual.TeacherDistributions;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.MergedAdapter;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.inner.AdapterFit;

/**
 * A model that takes in one passage after another (docs/seal.md §2.9): it writes a self-edit, an
 * adapter is trained on it and merged into the weights, and the changed model goes on. It has
 * weights of its own and works on one thread, so that many sequences run side by side.
 */
public final class ContinualModel implements AutoCloseable {
  private final PassageModel start;
  private final Weights weights;
  private final Config config;
  private final Worker worker;
  private final PassagePolicy policy;
  private final Generator writer;
  private final KvCache cache;
  private final PassageExaminer examiner;
  private final PenalizedInnerLoop loop;
  private final Fisher fisher;

  /**
   * How passages are taken in.
   *
   * @param texts how a completion becomes training texts
   * @param fit how an adapter is trained on them
   * @param policy how self-edits are sampled
   * @param maxAnswerTokens longest answer
   */
  public record Config(
      TrainingSequences texts,
      AdapterFit.Config fit,
      PassagePolicy.Config policy,
      int maxAnswerTokens) {
    public Config {
      Checks.require(
          maxAnswerTokens >= 1, "maxAnswerTokens must be >= 1 but was %d", maxAnswerTokens);
    }
  }

  /**
   * A model that begins as the given one.
   *
   * @param start never changed
   * @param worker of the thread that this model is used on
   */
  public ContinualModel(PassageModel start, Config config, AnswerGrader grader, Worker worker) {
    this.start = start;
    this.config = config;
    this.worker = worker;
    weights = start.weights().copy();
    PassageModel own = new PassageModel(start.language(), weights, start.workers());
    policy = new PassagePolicy(own, config.policy());
    writer = policy.generator(worker);
    cache = new KvCache(weights.config());
    examiner =
        new PassageExaminer(
            own, grader, config.maxAnswerTokens(), LinearBank.base(weights), worker, cache);
    loop = new PenalizedInnerLoop(weights, config.fit().adapter(), worker);
    fisher = new Fisher(weights, loop.bank().factors().keySet(), worker);
  }

  /** Forgets everything that was taken in. */
  public void restart() {
    weights.copyFrom(start.weights());
  }

  /** A self-edit that the model as it is now writes; may be blank. */
  public String write(PassageContext context, Seeds seeds) {
    return policy.sample(List.of(new SampleRequest<>(context, 0, seeds)), writer).get(0).raw();
  }

  /**
   * The training texts of a self-edit; of a blank one the passage alone, where the rules add it.
   */
  public List<String> texts(Passage passage, String edit) {
    return config.texts().build(new KnowledgeEdit(edit), passage);
  }

  /**
   * Trains an adapter on texts over the model as it is now. It counts once it is merged.
   *
   * @return loss of every step, with the penalties; empty where there is no text
   */
  public double[] train(List<String> texts, List<? extends Penalty> penalties, Seeds seeds) {
    if (texts.isEmpty()) {
      return new double[0];
    }
    AdapterFit.Config fit = config.fit();
    return loop.train(
        new InnerLoopTask(
            documents(texts, config.texts().paddedLabels()),
            fit.learningRate(),
            fit.epochs(),
            seeds),
        penalties);
  }

  /** Whether the last training came out finite. */
  public boolean isSound() {
    return loop.isSound();
  }

  /**
   * Merges the adapter of the last training into the weights.
   *
   * @param scale factor on it
   * @return the merge: close it to keep it, or undo it
   */
  public MergedAdapter merge(double scale) {
    return Merge.merge(weights, loop.bank(), 0, scale);
  }

  /** Asks the questions of passages, without the passages. */
  public List<Answered> ask(List<Passage> passages) {
    return examiner.answer(passages);
  }

  /**
   * A penalty on leaving what a teacher answers; the caller closes it before this model.
   *
   * @param weight factor on the mean divergence
   * @param batch anchor questions per step
   */
  public KlAnchor klAnchor(TeacherDistributions teacher, double weight, int batch) {
    return new KlAnchor(weights, loop.bank(), teacher, weight, batch, worker);
  }

  /** How much these texts depend on each adapted weight of the model as it is now, by module. */
  public Map<String, float[]> fisher(List<String> texts) {
    return fisher.of(documents(texts, false));
  }

  /** The same for the gold answers to a passage's questions. */
  public Map<String, float[]> fisherOfAnswers(Passage passage) {
    return fisher.of(answers(start.language(), passage));
  }

  /** What a model answers to a passage's questions, as distributions over each token. */
  public static TeacherDistributions teacher(PassageModel model, Passage passage, Worker worker) {
    return TeacherDistributions.of(model.weights(), answers(model.language(), passage), worker);
  }

  private static List<TokenSequence> answers(PassageLanguage language, Passage passage) {
    return passage.questions().stream().map(q -> language.gold(passage, q)).toList();
  }

  private List<TokenSequence> documents(List<String> texts, boolean padded) {
    return start.language().documents(texts, padded);
  }

  @Override
  public void close() {
    writer.close();
    examiner.close();
    cache.close();
    fisher.close();
    loop.close();
    weights.close();
  }
}
