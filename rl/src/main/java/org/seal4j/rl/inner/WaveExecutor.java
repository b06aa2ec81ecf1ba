package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.Context;
import org.seal4j.rl.Domain;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.SelfEdit;

/**
 * Evaluates the self-edits of any domain: each becomes one adapter per trial, trained as the domain
 * says, and each adapted model is examined. Adapters train in groups, groups run on worker threads;
 * a job without an edit, or whose edit gives nothing to train on, examines the model as it is.
 */
public final class WaveExecutor<C extends Context, E extends SelfEdit>
    implements Executor<C, E>, AutoCloseable {
  private static final int WAVE_GROUPS = 8;
  private static final int SMALLEST_WAVE = 64;

  /** Contexts that are examined together where nothing is trained. */
  private static final int PLAIN_AT_ONCE = 4;

  private final SharedModel model;
  private final Domain<C, E> domain;
  private final InnerLoopConfig inner;
  private final Trials trials;
  private final SftInnerLoop loop;
  private final IdentityHashMap<Worker, Runners> runners = new IdentityHashMap<>();

  /** What one thread examines with, by number of adapters; all share one cache. */
  private record Runners(KvCache cache, Map<Integer, ExamRunner> bySize) {}

  /**
   * @param inner how adapters are trained
   * @param trials how often each edit is
   */
  public WaveExecutor(
      SharedModel model, Domain<C, E> domain, InnerLoopConfig inner, Trials trials) {
    this.model = model;
    this.domain = domain;
    this.inner = inner;
    this.trials = trials;
    this.loop = new SftInnerLoop(model.weights(), inner, model.workers());
  }

  @Override
  public void evaluate(
      List<EditJob<C, E>> jobs, Consumer<Outcome> inJobOrder, IntConsumer finished) {
    int adapters = Math.max(SMALLEST_WAVE, WAVE_GROUPS * inner.adaptersPerGroup());
    int wave = Math.max(1, adapters / trials.count());
    for (int from = 0; from < jobs.size(); from += wave) {
      wave(jobs.subList(from, Math.min(from + wave, jobs.size())), finished).forEach(inJobOrder);
    }
  }

  /** One trial of a job: which adapter it is among those of the wave. */
  private record Trial<C extends Context>(Running<C> of, int number) {}

  private List<Outcome> wave(List<EditJob<C, E>> jobs, IntConsumer finished) {
    List<Running<C>> running = new ArrayList<>();
    List<Running<C>> plain = new ArrayList<>();
    List<InnerLoopTask> trainings = new ArrayList<>();
    List<Trial<C>> trained = new ArrayList<>();
    for (EditJob<C, E> job : jobs) {
      List<InnerLoopTask> tasks = tasks(job);
      Running<C> line = new Running<>(domain, job, Math.max(1, tasks.size()), finished);
      for (int t = 0; t < tasks.size(); t++) {
        trainings.add(tasks.get(t));
        trained.add(new Trial<>(line, t));
      }
      if (tasks.isEmpty()) {
        plain.add(line);
      }
      running.add(line);
    }
    int threads = model.workers().size();
    int share = (plain.size() + threads - 1) / threads;
    int together = Math.max(inner.adaptersPerGroup(), Math.min(share, PLAIN_AT_ONCE));
    Pieces.map(model.workers(), plain, together, this::examinePlain);
    if (!trainings.isEmpty()) {
      loop.train(trainings, group -> examineAdapted(trained, group));
    }
    return running.stream().map(Running::outcome).toList();
  }

  /** One training per trial; none where there is nothing to train on. */
  private List<InnerLoopTask> tasks(EditJob<C, E> job) {
    List<InnerLoopTask> tasks = new ArrayList<>();
    if (job.edit().isPresent()) {
      for (int t = 0; t < trials.count(); t++) {
        Optional<InnerLoopTask> task =
            domain.training(job.context(), job.edit().get(), trials.seeds().of(job, t));
        if (task.isEmpty()) {
          return List.of();
        }
        tasks.add(task.get());
      }
    }
    return tasks;
  }

  private List<Running<C>> examinePlain(List<Running<C>> lines, Worker worker) {
    ExamRunner runner = runner(worker, 0, LinearBank.base(model.weights()));
    List<ExamRunner.Result> results =
        runner.examine(lines.stream().map(Running::exam).toList(), new int[lines.size()]);
    for (int k = 0; k < lines.size(); k++) {
      lines.get(k).put(0, results.get(k));
    }
    return lines;
  }

  private void examineAdapted(List<Trial<C>> trained, AdapterGroup group) {
    int size = group.tasks().length;
    ExamRunner runner =
        runner(group.worker(), size, new LoraBank(model.weights(), group.bank(), size));
    List<Exam> exams = new ArrayList<>();
    List<Integer> sound = new ArrayList<>();
    for (int k = 0; k < size; k++) {
      Trial<C> trial = trained.get(group.tasks()[k]);
      trial.of.trained(trial.number, group.curves().get(k));
      if (group.isSound(k)) {
        exams.add(trial.of.exam());
        sound.add(k);
      } else {
        trial.of.diverged(trial.number);
      }
    }
    int[] adapters = sound.stream().mapToInt(Integer::intValue).toArray();
    List<ExamRunner.Result> results = runner.examine(exams, adapters);
    for (int i = 0; i < adapters.length; i++) {
      Trial<C> trial = trained.get(group.tasks()[adapters[i]]);
      trial.of.put(trial.number, results.get(i));
    }
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
          adapters,
          n ->
              new ExamRunner(
                  domain.examiner().answering(), model.weights(), bank, worker, own.cache));
    }
  }

  @Override
  public void close() {
    for (Runners own : runners.values()) {
      own.bySize.values().forEach(ExamRunner::close);
      own.cache.close();
    }
    runners.clear();
    loop.close();
  }
}
