package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.OpenTask;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.arc.Candidate;
import org.seal4j.eval.arc.Voting;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.generate.Sampling;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.Progress;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.inner.Trials;
import org.seal4j.rl.inner.WaveExecutor;

/**
 * Solves tasks with a trained policy: it writes a self-edit for each, an adapter is trained as the
 * edit says, and the answers to several prompts vote. Adapters of several tasks train side by side;
 * what comes out for a task depends neither on the others nor on the number of threads.
 *
 * <pre>{@code
 * var solver = new GridSolver(roles, language, domain, inner, how);
 * List<PlannedTask> planned = solver.plan(OpenTaskReader.read(folder));
 * List<SolvedTask> solved = solver.solve(planned, progress);
 * }</pre>
 */
public final class GridSolver {
  private final Roles roles;
  private final GridLanguage language;
  private final GridDomain.Config config;
  private final InnerLoopConfig inner;
  private final How how;
  private final OpenDomain domain;

  /**
   * How tasks are solved.
   *
   * @param edits self-edits of each task whose answers vote: the most likely one, then sampled ones
   * @param sampling of those after the first
   * @param attempts grids that are handed in at most
   * @param maxSteps most optimizer steps of one training; 0 for none: the model answers as it is
   * @param seeds the only randomness
   */
  public record How(int edits, Sampling sampling, int attempts, long maxSteps, Seeds seeds) {
    public How {
      Checks.require(edits >= 1, "a task needs at least 1 self-edit but was given %d", edits);
      Checks.require(
          attempts >= 1, "a test grid needs at least 1 attempt but was given %d", attempts);
      Checks.require(maxSteps >= 0, "steps of a training must be >= 0 but were %d", maxSteps);
    }

    /** All randomness of one self-edit of a task. */
    Seeds seeds(OpenContext context, int edit) {
      return seeds.child("solve", context.id(), edit);
    }
  }

  /**
   * @param roles the policy, and the model that is adapted
   * @param language its tokens
   * @param config how edits are applied and grids asked for; the grammar holds in any case
   * @param inner how adapters are trained
   */
  public GridSolver(
      Roles roles,
      GridLanguage language,
      GridDomain.Config config,
      InnerLoopConfig inner,
      How how) {
    this.roles = roles;
    this.language = language;
    this.config = config.withGrammar();
    this.inner = inner;
    this.how = how;
    domain = new OpenDomain(language, this.config, how.maxSteps);
  }

  /** What the policy writes for each task, and what that will cost. */
  public List<PlannedTask> plan(List<OpenTask> tasks) {
    OpenFit fit = new OpenFit(domain, language, config.maxTokens());
    List<List<Optional<String>>> misfits = tasks.stream().map(fit::misfits).toList();
    List<OpenContext> contexts = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      contexts.add(OpenContext.of(tasks.get(i), misfits.get(i)));
    }
    List<OpenContext> asked = contexts.stream().filter(c -> !c.inputs().isEmpty()).toList();
    EditWriter writer = new EditWriter(roles.policy(), domain, language, config, how);
    Iterator<List<PlannedTask.Edit>> written = writer.write(asked).iterator();
    List<PlannedTask> planned = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      List<PlannedTask.Edit> edits =
          contexts.get(i).inputs().isEmpty() ? List.of() : written.next();
      planned.add(new PlannedTask(tasks.get(i), misfits.get(i), edits));
    }
    return planned;
  }

  /** Trains the adapters and asks for the grids. */
  public List<SolvedTask> solve(List<PlannedTask> planned, Progress progress) {
    List<EditJob<OpenContext, FewShotEdit>> jobs = new ArrayList<>();
    for (PlannedTask one : planned) {
      OpenContext context = OpenContext.of(one.task(), one.misfits());
      for (int edit = 0; edit < one.edits().size(); edit++) {
        jobs.add(
            new EditJob<>(
                context,
                Optional.of(one.edits().get(edit).edit()),
                edit,
                how.seeds(context, edit)));
      }
    }
    List<Outcome> outcomes = evaluate(jobs, progress);
    List<SolvedTask> solved = new ArrayList<>();
    int next = 0;
    for (PlannedTask one : planned) {
      int end = next + one.edits().size();
      solved.add(collect(one, outcomes.subList(next, end)));
      next = end;
    }
    return solved;
  }

  private List<Outcome> evaluate(List<EditJob<OpenContext, FewShotEdit>> jobs, Progress progress) {
    List<Outcome> outcomes = new ArrayList<>();
    int[] done = {0};
    progress.start("training and asking", jobs.size());
    try (WaveExecutor<OpenContext, FewShotEdit> executor =
        new WaveExecutor<>(roles.adapted(), domain, grouped(jobs.size()), Trials.once())) {
      executor.evaluate(
          jobs,
          outcomes::add,
          count -> {
            synchronized (done) {
              done[0] += count;
              progress.step(done[0], "");
            }
          });
    }
    progress.end();
    return outcomes;
  }

  /** Few jobs are shared out among all threads; results do not depend on the groups. */
  private InnerLoopConfig grouped(int jobs) {
    int threads = roles.adapted().workers().size();
    int share = Math.max(1, (jobs + threads - 1) / threads);
    return inner.withAdaptersPerGroup(Math.min(inner.adaptersPerGroup(), share));
  }

  private SolvedTask collect(PlannedTask planned, List<Outcome> outcomes) {
    List<OpenExaminer.Answer> answers =
        outcomes.stream()
            .flatMap(outcome -> outcome.answers().stream())
            .map(OpenExaminer.Answer::parse)
            .toList();
    List<SolvedTask.SolvedGrid> grids = new ArrayList<>();
    int asked = 0;
    for (int i = 0; i < planned.misfits().size(); i++) {
      OpenTask.TestGrid test = planned.task().tests().get(i);
      Optional<String> misfit = planned.misfits().get(i);
      if (misfit.isPresent()) {
        grids.add(new SolvedTask.SolvedGrid(test, List.of(), 0, misfit));
        continue;
      }
      int place = asked++;
      List<Candidate> own =
          answers.stream()
              .filter(answer -> answer.grid() == place)
              .map(OpenExaminer.Answer::candidate)
              .toList();
      grids.add(grid(test, own));
    }
    return new SolvedTask(planned, outcomes.stream().map(Outcome::training).toList(), grids);
  }

  private SolvedTask.SolvedGrid grid(OpenTask.TestGrid test, List<Candidate> candidates) {
    int none = (int) candidates.stream().filter(c -> c.grid().isEmpty()).count();
    if (candidates.size() == none) {
      String reason =
          candidates.isEmpty()
              ? "the training left the finite numbers; try fewer --steps"
              : "none of %s is a grid".formatted(Amount.of(none, "answer"));
      return new SolvedTask.SolvedGrid(test, List.of(), none, Optional.of(reason));
    }
    return new SolvedTask.SolvedGrid(
        test, Voting.ranked(candidates, how.attempts), none, Optional.empty());
  }
}
