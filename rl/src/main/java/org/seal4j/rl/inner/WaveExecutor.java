package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.Race;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.lora.train.SuccessiveHalving;
import org.seal4j.rl.Context;
import org.seal4j.rl.Domain;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.SelfEdit;
import org.seal4j.rl.inner.AdapterExams.Trial;

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
  private final AdapterExams<C> exams;

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
    this.exams = new AdapterExams<>(model, domain.examiner().answering());
  }

  @Override
  public void evaluate(
      List<EditJob<C, E>> jobs, Consumer<Outcome> inJobOrder, IntConsumer finished) {
    evaluate(jobs, inJobOrder, finished, null);
  }

  /**
   * Evaluates edits beside their rivals: the training of those that make the gold answers less
   * likely ends early, and nothing is asked of them. The others have the outcomes that they have
   * without rivals.
   */
  public Executor<C, E> halving(SuccessiveHalving how) {
    Checks.require(
        trials.count() == 1,
        "an edit is trained %d times, but halving compares single trainings: set the trials to 1",
        trials.count());
    return (jobs, inJobOrder, finished) -> evaluate(jobs, inJobOrder, finished, how);
  }

  private void evaluate(
      List<EditJob<C, E>> jobs,
      Consumer<Outcome> inJobOrder,
      IntConsumer finished,
      @Nullable SuccessiveHalving halving) {
    int adapters = Math.max(SMALLEST_WAVE, WAVE_GROUPS * inner.adaptersPerGroup());
    int wave = Math.max(1, adapters / trials.count());
    for (int from = 0; from < jobs.size(); ) {
      int to = Math.min(from + wave, jobs.size());
      while (halving != null && to < jobs.size() && isOneContext(jobs, to - 1, to)) {
        to++;
      }
      new Wave(jobs.subList(from, to), finished).outcomes(halving).forEach(inJobOrder);
      from = to;
    }
  }

  private static boolean isOneContext(List<? extends EditJob<?, ?>> jobs, int one, int other) {
    return jobs.get(one).context().id().equals(jobs.get(other).context().id());
  }

  /** Jobs that are evaluated together. */
  private final class Wave {
    private final List<EditJob<C, E>> jobs;
    private final IntConsumer finished;
    private final List<Running<C>> plain = new ArrayList<>();
    private final List<InnerLoopTask> trainings = new ArrayList<>();
    private final List<Trial<C>> trained = new ArrayList<>();

    Wave(List<EditJob<C, E>> jobs, IntConsumer finished) {
      this.jobs = jobs;
      this.finished = finished;
    }

    List<Outcome> outcomes(@Nullable SuccessiveHalving halving) {
      List<Running<C>> running = new ArrayList<>();
      Map<String, SortedMap<Integer, Integer>> rivals = new LinkedHashMap<>();
      for (EditJob<C, E> job : jobs) {
        running.add(
            running(job, finished, rivals.computeIfAbsent(race(job), r -> new TreeMap<>())));
      }
      if (halving == null) {
        examinePlain();
        if (!trainings.isEmpty()) {
          loop.train(trainings, group -> exams.examine(trained, group));
        }
      } else {
        absentRivals(rivals);
        examinePlain();
        if (!trainings.isEmpty()) {
          race(rivals, halving);
        }
      }
      return running.stream().map(Running::outcome).toList();
    }

    /** A job without rivals competes with none, though there be others of its context. */
    private String race(EditJob<C, E> job) {
      return job.context().id() + (job.rivals().isEmpty() ? "/" + job.index() : "");
    }

    /**
     * Begins a job.
     *
     * @param rivals the trainings that it competes with, by the index of their edits
     */
    private Running<C> running(EditJob<C, E> job, IntConsumer told, Map<Integer, Integer> rivals) {
      List<InnerLoopTask> tasks = tasks(job);
      Running<C> line = new Running<>(domain, job, Math.max(1, tasks.size()), told);
      for (int t = 0; t < tasks.size(); t++) {
        rivals.put(job.index(), trainings.size());
        trainings.add(tasks.get(t));
        trained.add(new Trial<>(line, t));
      }
      if (tasks.isEmpty()) {
        plain.add(line);
      }
      return line;
    }

    /** Rivals whose outcomes are known from before: they run again, and nobody is told. */
    private void absentRivals(Map<String, SortedMap<Integer, Integer>> rivals) {
      Map<String, SortedMap<Integer, EditJob<C, E>>> absent = new LinkedHashMap<>();
      for (EditJob<C, E> job : jobs) {
        SortedMap<Integer, EditJob<C, E>> others =
            absent.computeIfAbsent(race(job), r -> new TreeMap<>());
        job.rivals().forEach(rival -> others.put(rival.index(), rival));
      }
      jobs.forEach(job -> absent.getOrDefault(race(job), new TreeMap<>()).remove(job.index()));
      absent.forEach(
          (race, others) -> {
            for (EditJob<C, E> rival : others.values()) {
              running(rival, count -> {}, rivals.computeIfAbsent(race, r -> new TreeMap<>()));
            }
          });
    }

    private void examinePlain() {
      int threads = model.workers().size();
      int share = (plain.size() + threads - 1) / threads;
      int together = Math.max(inner.adaptersPerGroup(), Math.min(share, PLAIN_AT_ONCE));
      Pieces.map(model.workers(), plain, together, exams::examinePlain);
    }

    private void race(Map<String, SortedMap<Integer, Integer>> rivals, SuccessiveHalving halving) {
      loop.train(
          trainings,
          rivals.values().stream()
              .filter(of -> !of.isEmpty())
              .map(of -> List.copyOf(of.values()))
              .toList(),
          halving,
          new Race() {
            @Override
            public double[] measure(AdapterGroup group) {
              return exams.negLogLikelihoods(trained, group);
            }

            @Override
            public void stopped(int task, double measure, double[] curve) {
              trained.get(task).of().stopped(measure, curve);
            }

            @Override
            public void trained(AdapterGroup group) {
              exams.examine(trained, group);
            }
          });
    }
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

  @Override
  public void close() {
    exams.close();
    loop.close();
  }
}
