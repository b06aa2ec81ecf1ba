package org.seal4j.rl.passage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.lora.continual.Fisher;
import org.seal4j.lora.continual.KlAnchor;
import org.seal4j.lora.continual.PenalizedInnerLoop;
import org.seal4j.lora.continual.Penalty;
import org.seal4j.lora.continual.TeacherDistributions;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.MergedAdapter;
import org.seal4j.lora.merge.AdapterMerge;
import org.seal4j.lora.merge.Denoiser;
import org.seal4j.lora.merge.Denoising;
import org.seal4j.lora.merge.LinearMerge;
import org.seal4j.lora.merge.NormAnchoredMerge;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.Grade;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.inner.ExamRunner;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.inner.SharedModel;

/**
 * A model that takes in one passage after another (docs/seal.md §2.9): it writes a self-edit, an
 * adapter is trained on it and merged into the weights, and the next passage is trained on the
 * changed model. It has weights of its own and works on one thread, so that several sequences run
 * at the same time.
 */
public final class ContinualModel implements AutoCloseable {
  private final Weights start;
  private final Weights weights;
  private final PassageDomain domain;
  private final Worker worker;
  private final ModelPolicy<PassageContext> policy;
  private final Generator writer;
  private final KvCache cache;
  private final ExamRunner runner;
  private final PenalizedInnerLoop loop;
  private final Fisher fisher;
  private final Map<Denoising, Denoiser> denoisers = new HashMap<>();

  /**
   * A model that begins as the given one.
   *
   * @param start never changed
   * @param inner how an adapter is trained
   * @param sampling of self-edits
   * @param worker of the thread that this model is used on
   */
  public ContinualModel(
      SharedModel start,
      PassageDomain domain,
      InnerLoopConfig inner,
      Sampling sampling,
      Worker worker) {
    this.start = start.weights();
    this.domain = domain;
    this.worker = worker;
    weights = start.weights().copy();
    policy = new ModelPolicy<>(new SharedModel(weights, start.workers()), domain, sampling);
    writer = policy.generator(worker);
    cache = new KvCache(weights.config(), worker.engine());
    runner =
        new ExamRunner(
            domain.examiner().answering(), weights, LinearBank.base(weights), worker, cache);
    loop = new PenalizedInnerLoop(weights, inner, worker);
    fisher = new Fisher(weights, loop.bank().factors().keySet(), worker);
  }

  /** Restores the weights before the first passage. */
  public void restart() {
    weights.copyFrom(start);
  }

  /** A self-edit that the model as it is now writes; may be blank. */
  public String write(PassageContext context, Seeds seeds) {
    return policy.sample(List.of(new SampleRequest<>(context, 0, seeds)), writer).get(0).raw();
  }

  /**
   * The training texts of a self-edit; of a blank one the passage alone, where the rules add it.
   */
  public List<String> texts(Passage passage, String edit) {
    return domain.config().texts().build(new KnowledgeEdit(edit), passage);
  }

  /**
   * Trains an adapter on texts over the model as it is now. It counts once it is merged.
   *
   * @return loss of every step, with the penalties; empty where there is no text
   */
  public double[] train(List<String> texts, List<? extends Penalty> penalties, Seeds seeds) {
    return domain
        .training(texts, seeds)
        .map(task -> loop.train(task, penalties))
        .orElse(new double[0]);
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

  /**
   * The same for all of it, after which each changed weight is scaled back to the norm it had.
   *
   * @return the merge: close it to keep it, or undo it
   */
  public MergedAdapter mergeAnchored() {
    return AdapterMerge.by(new NormAnchoredMerge()).into(weights, trained());
  }

  /**
   * The same for what a denoising over the model at the start leaves of it.
   *
   * @return the merge: close it to keep it, or undo it
   */
  public MergedAdapter mergeDenoised(Denoising rule) {
    Denoiser denoiser = denoisers.computeIfAbsent(rule, wanted -> Denoiser.keeping(wanted, start));
    return new AdapterMerge(new LinearMerge(), OptionalInt.empty(), Optional.of(denoiser))
        .into(weights, trained());
  }

  private List<AdapterMerge.Part> trained() {
    return List.of(new AdapterMerge.Part(loop.bank(), 0, 1));
  }

  /** Asks the questions of passages, without the passages. */
  public List<Grade> ask(List<Passage> passages) {
    return runner.ask(
        passages.stream()
            .map(passage -> domain.examiner().exam(new PassageContext(passage), Seeds.of(0)))
            .toList());
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
    return fisher.of(domain.language().documents(texts, false));
  }

  /** The same for the gold answers to a passage's questions. */
  public Map<String, float[]> fisherOfAnswers(Passage passage) {
    return fisher.of(answers(domain.language(), passage));
  }

  /**
   * What the model at the start answers to a passage's questions, as distributions over each token.
   */
  public TeacherDistributions teacher(Passage passage) {
    return TeacherDistributions.of(start, answers(domain.language(), passage), worker);
  }

  private static List<TokenSequence> answers(PassageLanguage language, Passage passage) {
    return passage.questions().stream().map(q -> language.gold(passage, q)).toList();
  }

  @Override
  public void close() {
    writer.close();
    runner.close();
    cache.close();
    fisher.close();
    loop.close();
    weights.close();
  }
}
