package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.InferencePromptsConfig;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;

/**
 * Evaluates self-edits of grid tasks: each becomes an adapter trained on its test-time training
 * set, then the adapted model answers the hidden pair. Adapters train side by side in groups,
 * groups on worker threads; a job without an edit is answered by the model as it is.
 */
public final class ArcExecutor implements Executor<ArcContext, FewShotEdit>, AutoCloseable {
  private static final int WAVE_GROUPS = 8;

  private final ArcModel model;
  private final InnerLoopTasks tasks;
  private final InnerLoopConfig inner;
  private final GridSolver.Config solving;
  private final SftInnerLoop loop;
  private final IdentityHashMap<Worker, Solvers> solvers = new IdentityHashMap<>();

  /** The solvers of one thread by their number of adapters; they share one cache. */
  private record Solvers(KvCache cache, Map<Integer, GridSolver> bySize) {}

  /**
   * @param tasks turns edits into training sets
   * @param inner how adapters are trained
   * @param prompts which prompts a test grid is asked for with
   * @param maxTokens longest prompt with its answer
   */
  public ArcExecutor(
      ArcModel model,
      InnerLoopTasks tasks,
      InnerLoopConfig inner,
      InferencePromptsConfig prompts,
      int maxTokens) {
    this.model = model;
    this.tasks = tasks;
    this.inner = inner;
    this.solving = new GridSolver.Config(prompts, maxTokens);
    this.loop = new SftInnerLoop(model.weights(), inner, model.workers());
  }

  @Override
  public void evaluate(List<EditJob<ArcContext, FewShotEdit>> jobs, Consumer<Outcome> inJobOrder) {
    evaluate(jobs, inJobOrder, jobsDone -> {});
  }

  @Override
  public void evaluate(
      List<EditJob<ArcContext, FewShotEdit>> jobs,
      Consumer<Outcome> inJobOrder,
      IntConsumer finished) {
    int wave = WAVE_GROUPS * inner.adaptersPerGroup();
    for (int from = 0; from < jobs.size(); from += wave) {
      @Nullable Outcome[] outcomes =
          wave(jobs.subList(from, Math.min(from + wave, jobs.size())), finished);
      for (Outcome outcome : outcomes) {
        inJobOrder.accept(Objects.requireNonNull(outcome));
      }
    }
  }

  private @Nullable Outcome[] wave(
      List<EditJob<ArcContext, FewShotEdit>> jobs, IntConsumer finished) {
    Wave wave = new Wave(jobs, new @Nullable Outcome[jobs.size()], finished);
    List<Integer> adapted = new ArrayList<>();
    List<Integer> plain = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      (jobs.get(i).edit().isPresent() ? adapted : plain).add(i);
    }
    answerPlain(wave, plain);
    List<InnerLoopTask> trainings = new ArrayList<>();
    for (int i : adapted) {
      EditJob<ArcContext, FewShotEdit> job = jobs.get(i);
      trainings.add(tasks.task(job.context().task(), job.edit().orElseThrow(), job.seeds()));
    }
    if (!trainings.isEmpty()) {
      loop.train(trainings, group -> answerAdapted(wave, adapted, group));
    }
    return wave.outcomes;
  }

  /** Jobs that are evaluated together, and what has come out so far. */
  @SuppressWarnings("ArrayRecordComponent") // filled by index; identity is never compared
  private record Wave(
      List<EditJob<ArcContext, FewShotEdit>> jobs,
      @Nullable Outcome[] outcomes,
      IntConsumer finished) {
    void put(int job, Outcome outcome) {
      outcomes[job] = outcome;
    }

    ArcTask task(int job) {
      return jobs.get(job).context().task();
    }
  }

  private void answerPlain(Wave wave, List<Integer> indices) {
    int piece = inner.adaptersPerGroup();
    model
        .workers()
        .run(
            (indices.size() + piece - 1) / piece,
            (p, worker) -> {
              List<Integer> part =
                  indices.subList(p * piece, Math.min((p + 1) * piece, indices.size()));
              GridSolver solver = solver(worker, 0, LinearBank.base(model.weights()));
              List<GridSolver.Answer> answers = solve(solver, wave, part, new int[part.size()]);
              for (int k = 0; k < part.size(); k++) {
                int job = part.get(k);
                wave.put(job, outcome(wave.task(job), answers.get(k), Outcome.Training.NONE));
              }
              wave.finished.accept(part.size());
            });
  }

  private void answerAdapted(Wave wave, List<Integer> adapted, AdapterGroup group) {
    int size = group.tasks().length;
    GridSolver solver =
        solver(group.worker(), size, new LoraBank(model.weights(), group.bank(), size));
    List<Integer> sound = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int k = 0; k < size; k++) {
      int job = adapted.get(group.tasks()[k]);
      if (group.isSound(k)) {
        sound.add(job);
        places.add(k);
      } else {
        wave.put(job, diverged(wave.task(job), group.curves().get(k)));
      }
    }
    int[] adapters = places.stream().mapToInt(Integer::intValue).toArray();
    List<GridSolver.Answer> answers = solve(solver, wave, sound, adapters);
    for (int i = 0; i < sound.size(); i++) {
      int job = sound.get(i);
      Outcome.Training training = training(group.curves().get(adapters[i]));
      wave.put(job, outcome(wave.task(job), answers.get(i), training));
    }
    wave.finished.accept(size);
  }

  private static List<GridSolver.Answer> solve(
      GridSolver solver, Wave wave, List<Integer> indices, int[] adapters) {
    List<ArcTask> asked = new ArrayList<>();
    List<Seeds> seeds = new ArrayList<>();
    for (int i : indices) {
      asked.add(wave.task(i));
      seeds.add(wave.jobs.get(i).seeds());
    }
    return solver.solve(asked, adapters, seeds);
  }

  private static Outcome outcome(
      ArcTask task, GridSolver.Answer answer, Outcome.Training training) {
    return new Outcome(
        answer.grade().pass2() ? 1 : 0,
        answer.grade().pass1() ? 1 : 0,
        answer.nll(),
        training,
        task.test().output().toString(),
        answer.grade().attempts().stream().map(Grid::toString).toList());
  }

  /** An adapter whose training left the finite numbers: nothing can be asked of it. */
  private static Outcome diverged(ArcTask task, double[] curve) {
    return new Outcome(
        0,
        0,
        Double.POSITIVE_INFINITY,
        training(curve),
        task.test().output().toString(),
        List.of());
  }

  private static Outcome.Training training(double[] curve) {
    return new Outcome.Training(curve.length, curve[0], curve[curve.length - 1]);
  }

  private GridSolver solver(Worker worker, int adapters, LinearBank bank) {
    synchronized (solvers) {
      Solvers own =
          solvers.computeIfAbsent(
              worker, w -> new Solvers(new KvCache(model.weights().config()), new HashMap<>()));
      return own.bySize.computeIfAbsent(
          adapters, n -> new GridSolver(model, bank, worker, own.cache, solving));
    }
  }

  @Override
  public void close() {
    for (Solvers own : solvers.values()) {
      own.bySize.values().forEach(GridSolver::close);
      own.cache.close();
    }
    solvers.clear();
    loop.close();
  }
}
