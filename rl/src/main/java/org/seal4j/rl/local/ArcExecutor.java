package org.seal4j.rl.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.InferencePromptsConfig;
import org.seal4j.data.run.Seeds;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.edit.FewShotEdit;

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
  private final IdentityHashMap<Worker, Map<Integer, GridSolver>> solvers = new IdentityHashMap<>();

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
    int wave = WAVE_GROUPS * inner.adaptersPerGroup();
    for (int from = 0; from < jobs.size(); from += wave) {
      @Nullable Outcome[] outcomes = wave(jobs.subList(from, Math.min(from + wave, jobs.size())));
      for (Outcome outcome : outcomes) {
        inJobOrder.accept(Objects.requireNonNull(outcome));
      }
    }
  }

  private @Nullable Outcome[] wave(List<EditJob<ArcContext, FewShotEdit>> jobs) {
    @Nullable Outcome[] outcomes = new @Nullable Outcome[jobs.size()];
    List<Integer> adapted = new ArrayList<>();
    List<Integer> plain = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      (jobs.get(i).edit().isPresent() ? adapted : plain).add(i);
    }
    answerPlain(jobs, plain, outcomes);
    List<InnerLoopTask> trainings = new ArrayList<>();
    for (int i : adapted) {
      EditJob<ArcContext, FewShotEdit> job = jobs.get(i);
      trainings.add(tasks.task(job.context().task(), job.edit().orElseThrow(), job.seeds()));
    }
    if (!trainings.isEmpty()) {
      loop.train(trainings, group -> answerAdapted(jobs, adapted, group, outcomes));
    }
    return outcomes;
  }

  private void answerPlain(
      List<EditJob<ArcContext, FewShotEdit>> jobs,
      List<Integer> indices,
      @Nullable Outcome[] outcomes) {
    int piece = inner.adaptersPerGroup();
    model
        .workers()
        .run(
            (indices.size() + piece - 1) / piece,
            (p, worker) -> {
              List<Integer> part =
                  indices.subList(p * piece, Math.min((p + 1) * piece, indices.size()));
              GridSolver solver = solver(worker, 0, LinearBank.base(model.weights()));
              List<GridSolver.Answer> answers = solve(solver, jobs, part, new int[part.size()]);
              for (int k = 0; k < part.size(); k++) {
                ArcTask task = jobs.get(part.get(k)).context().task();
                outcomes[part.get(k)] = outcome(task, answers.get(k), Outcome.Training.NONE);
              }
            });
  }

  private void answerAdapted(
      List<EditJob<ArcContext, FewShotEdit>> jobs,
      List<Integer> adapted,
      AdapterGroup group,
      @Nullable Outcome[] outcomes) {
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
        outcomes[job] = diverged(jobs.get(job).context().task(), group.curves().get(k));
      }
    }
    int[] adapters = places.stream().mapToInt(Integer::intValue).toArray();
    List<GridSolver.Answer> answers = solve(solver, jobs, sound, adapters);
    for (int i = 0; i < sound.size(); i++) {
      ArcTask task = jobs.get(sound.get(i)).context().task();
      outcomes[sound.get(i)] =
          outcome(task, answers.get(i), training(group.curves().get(adapters[i])));
    }
  }

  private static List<GridSolver.Answer> solve(
      GridSolver solver,
      List<EditJob<ArcContext, FewShotEdit>> jobs,
      List<Integer> indices,
      int[] adapters) {
    List<ArcTask> asked = new ArrayList<>();
    List<Seeds> seeds = new ArrayList<>();
    for (int i : indices) {
      asked.add(jobs.get(i).context().task());
      seeds.add(jobs.get(i).seeds());
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
      return solvers
          .computeIfAbsent(worker, w -> new HashMap<>())
          .computeIfAbsent(
              adapters,
              n -> new GridSolver(model.language(), model.weights(), bank, worker, solving));
    }
  }

  @Override
  public void close() {
    solvers.values().forEach(bySize -> bySize.values().forEach(GridSolver::close));
    solvers.clear();
    loop.close();
  }
}
