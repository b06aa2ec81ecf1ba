package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.Context;
import org.seal4j.rl.Exam;

/**
 * Examines adapters on the threads that trained them, and the model without any. Each thread keeps
 * what it examines with until this is closed.
 */
final class AdapterExams<C extends Context> implements AutoCloseable {
  private final SharedModel model;
  private final GenerationConfig answering;
  private final IdentityHashMap<Worker, Runners> runners = new IdentityHashMap<>();

  /** What one thread examines with, by number of adapters; all share one cache. */
  private record Runners(KvCache cache, Map<Integer, ExamRunner> bySize) {}

  /** One trial of a job. */
  record Trial<C extends Context>(Running<C> of, int number) {}

  /**
   * @param answering how answers are decoded
   */
  AdapterExams(SharedModel model, GenerationConfig answering) {
    this.model = model;
    this.answering = answering;
  }

  /** Examines the model as it is, for each of these. */
  List<Running<C>> examinePlain(List<Running<C>> lines, Worker worker) {
    ExamRunner runner = runner(worker, 0, LinearBank.base(model.weights()));
    List<ExamRunner.Result> results =
        runner.examine(lines.stream().map(Running::exam).toList(), new int[lines.size()]);
    for (int k = 0; k < lines.size(); k++) {
      lines.get(k).put(0, results.get(k));
    }
    return lines;
  }

  /**
   * Examines adapters that are trained to their end.
   *
   * @param trained the trial of each task
   */
  void examine(List<Trial<C>> trained, AdapterGroup group) {
    for (int k = 0; k < group.tasks().length; k++) {
      Trial<C> trial = trained.get(group.tasks()[k]);
      trial.of.trained(trial.number, group.curves().get(k));
      if (!group.isSound(k)) {
        trial.of.diverged(trial.number);
      }
    }
    int[] adapters = sound(group);
    List<ExamRunner.Result> results = runner(group).examine(exams(trained, group), adapters);
    for (int i = 0; i < adapters.length; i++) {
      Trial<C> trial = trained.get(group.tasks()[adapters[i]]);
      trial.of.put(trial.number, results.get(i));
    }
  }

  /** The negative log-likelihood of the gold answers by each adapter; infinite if it diverged. */
  double[] negLogLikelihoods(List<Trial<C>> trained, AdapterGroup group) {
    int[] adapters = sound(group);
    double[] found = runner(group).negLogLikelihoods(exams(trained, group), adapters);
    double[] all = new double[group.tasks().length];
    Arrays.fill(all, Double.POSITIVE_INFINITY);
    for (int i = 0; i < adapters.length; i++) {
      all[adapters[i]] = Double.isNaN(found[i]) ? Double.POSITIVE_INFINITY : found[i];
    }
    return all;
  }

  private static int[] sound(AdapterGroup group) {
    List<Integer> sound = new ArrayList<>();
    for (int k = 0; k < group.tasks().length; k++) {
      if (group.isSound(k)) {
        sound.add(k);
      }
    }
    return sound.stream().mapToInt(Integer::intValue).toArray();
  }

  private List<Exam> exams(List<Trial<C>> trained, AdapterGroup group) {
    return Arrays.stream(sound(group))
        .mapToObj(k -> trained.get(group.tasks()[k]).of.exam())
        .toList();
  }

  private ExamRunner runner(AdapterGroup group) {
    int size = group.tasks().length;
    return runner(group.worker(), size, new LoraBank(model.weights(), group.bank(), size));
  }

  private ExamRunner runner(Worker worker, int adapters, LinearBank bank) {
    synchronized (runners) {
      Runners own =
          runners.computeIfAbsent(
              worker,
              w ->
                  new Runners(
                      new KvCache(model.weights().config(), worker.engine()), new HashMap<>()));
      return own.bySize.computeIfAbsent(
          adapters, n -> new ExamRunner(answering, model.weights(), bank, worker, own.cache));
    }
  }

  @Override
  public void close() {
    for (Runners own : runners.values()) {
      own.bySize.values().forEach(ExamRunner::close);
      own.cache.close();
    }
    runners.clear();
  }
}
