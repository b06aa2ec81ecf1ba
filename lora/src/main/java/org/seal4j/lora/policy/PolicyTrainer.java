package org.seal4j.lora.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.train.AdapterOptimizer;
import org.seal4j.lora.train.GradientSums;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.OptimizerKernels;
import org.seal4j.model.kernel.Scratch;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Workers;

/**
 * Trains an adapter over the policy that wrote some texts towards an objective. Texts are computed
 * one by one, which bounds the memory; their gradients are added in a fixed order.
 *
 * <p>Laws: scores before the first step have the bits that the first step has, so that ratios are
 * exactly 1 there; the result does not depend on the number of threads; the base is bit-equal
 * before and after.
 */
public final class PolicyTrainer implements AutoCloseable {
  /** Parts of a step whose gradients are added up side by side: part of the arithmetic. */
  private static final int SHARDS = 4;

  private final Weights weights;
  private final PolicyTraining how;
  private final Workers workers;
  private final AdapterBank bank;
  private final AdapterOptimizer optimizer;
  private final TextPlans scorer;
  private final TextPlans learner;
  private final List<GradientSums> sums = new ArrayList<>();
  private final Scratch scratch = new Scratch();

  /**
   * @param weights of the policy that wrote the texts
   */
  public PolicyTrainer(Weights weights, PolicyTraining how, Workers workers) {
    this.weights = weights;
    this.how = how;
    this.workers = workers;
    bank = new AdapterBank(1, weights.config(), how.adapter().lora());
    optimizer = new AdapterOptimizer(bank, how.adapter().optimizer(), workers.engine());
    scorer = new TextPlans(weights, bank, how.adapter(), null);
    learner = new TextPlans(weights, bank, how.adapter(), how.objective());
    for (int i = 0; i < SHARDS; i++) {
      sums.add(new GradientSums(bank));
    }
  }

  /** Holds the adapter in place 0. */
  public AdapterBank bank() {
    return bank;
  }

  /**
   * Trains a fresh adapter.
   *
   * @param rollouts of the policy without an adapter
   * @param start opens the policy that the run began with, which is closed again; asked for where
   *     the objective needs it
   * @return loss of each step; empty where the rollouts teach nothing, and the adapter adds nothing
   */
  public List<Double> train(List<Rollout> rollouts, Supplier<Weights> start, Seeds seeds) {
    List<Lesson> lessons = how.objective().lessons(rollouts);
    optimizer.reset();
    bank.initialise(0, seeds.child("init"));
    if (lessons.isEmpty()) {
      return List.of();
    }
    List<WrittenText> texts = texts(lessons);
    TextScores old = scorer.scores(texts, workers);
    TextScores reference = how.objective().needsStart() ? scores(start, texts, old) : old;
    List<Double> losses = new ArrayList<>();
    int steps = how.steps(lessons.size());
    for (int step = 0; step < steps; step++) {
      List<Lesson> batch = batch(lessons, step, seeds);
      boolean scored = step > 0 && how.objective().needsScores();
      TextScores now = scored ? scorer.scores(texts(batch), workers) : old;
      List<StepText> all = how.objective().texts(batch, old, reference, now);
      losses.add(differentiate(all));
      update(Math.min(SHARDS, all.size()), step, steps);
    }
    return losses;
  }

  /**
   * The logarithm of the probability of what each rollout wrote, under the policy with the adapter
   * as it is: with that of the start, which adds nothing, what the policy had that wrote it.
   */
  public List<Double> logProbabilities(List<Rollout> rollouts) {
    List<WrittenText> all = rollouts.stream().flatMap(one -> one.texts().stream()).toList();
    TextScores scores = scorer.scores(all, workers);
    List<Double> sums = new ArrayList<>();
    for (Rollout rollout : rollouts) {
      double sum = 0;
      for (WrittenText text : rollout.texts()) {
        for (float nll : scores.of(text)) {
          sum -= nll;
        }
      }
      sums.add(sum);
    }
    return sums;
  }

  private static List<WrittenText> texts(List<Lesson> lessons) {
    return lessons.stream()
        .flatMap(lesson -> lesson.texts().stream())
        .map(Lesson.Directed::text)
        .toList();
  }

  /** Scores under the policy that the run began with; those that are known where it is the same. */
  private TextScores scores(Supplier<Weights> start, List<WrittenText> texts, TextScores old) {
    try (Weights first = start.get();
        TextPlans plans = new TextPlans(first, bank, how.adapter(), null)) {
      return first.sha256().equals(weights.sha256()) ? old : plans.scores(texts, workers);
    }
  }

  private List<Lesson> batch(List<Lesson> lessons, int step, Seeds seeds) {
    int perEpoch = how.perEpoch(lessons.size());
    int[] order = seeds.child("order", step / perEpoch).rng().permutation(lessons.size());
    int from = step % perEpoch * how.batch();
    List<Lesson> batch = new ArrayList<>();
    for (int i = from; i < Math.min(from + how.batch(), order.length); i++) {
      batch.add(lessons.get(order[i]));
    }
    return batch;
  }

  /** Adds up the gradients of a step in the first shards' sums; returns its loss. */
  private double differentiate(List<StepText> texts) {
    double[] losses = new double[texts.size()];
    workers.run(
        Math.min(SHARDS, texts.size()),
        (shard, worker) -> {
          for (int i = shard; i < losses.length; i += SHARDS) {
            StepText text = texts.get(i);
            TextPlan plan = learner.plan(text.text(), worker);
            plan.run(text.text(), text.inputs());
            losses[i] = text.counts() ? plan.loss() : 0;
            sums.get(shard).add(plan.gradients(), i == shard ? 0 : 1, worker.scratch());
          }
        });
    double loss = 0;
    for (double one : losses) {
      loss += one;
    }
    return loss;
  }

  private void update(int shards, int step, int steps) {
    List<Tensor> total = sums.get(0).sums();
    for (int shard = 1; shard < shards; shard++) {
      List<Tensor> more = sums.get(shard).sums();
      for (int p = 0; p < total.size(); p++) {
        OptimizerKernels.axpby(total.get(p), 1, more.get(p), 1, scratch);
      }
    }
    double factor = how.adapter().schedule().factor(step, how.adapter().warmup(), steps);
    optimizer.update(
        0, total, how.learningRate() * factor, how.adapter().clip(), step + 1L, scratch);
  }

  @Override
  public void close() {
    scorer.close();
    learner.close();
    sums.forEach(GradientSums::close);
    sums.clear();
    optimizer.close();
    bank.close();
  }
}
