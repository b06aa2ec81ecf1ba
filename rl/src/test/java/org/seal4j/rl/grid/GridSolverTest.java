package org.seal4j.rl.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.AugmentationSchema;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.arc.InferencePromptsConfig;
import org.seal4j.data.arc.LossMask;
import org.seal4j.data.arc.OpenTask;
import org.seal4j.data.arc.TestTimeTrainingConfig;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.synth.Pool;
import org.seal4j.data.synth.SynthTasks;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.Progress;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.inner.SharedModel;

/** Tasks solved by a tiny random model: nobody expects it to be right. */
class GridSolverTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20261127);
  private static final Seeds SEEDS = Seeds.of(SEED);
  private static final int BATCH = 4;
  private static final EditSchema SCHEMA =
      new EditSchema(
          List.of(Tool.BASIC, Tool.COLOR),
          List.of(Strategy.values()),
          List.of(1e-3, 1e-2),
          List.of(1, 2));
  private static final GridLanguage LANGUAGE = new GridLanguage(SCHEMA, 2, 3, 3);
  private static Weights weights;

  @BeforeAll
  static void make_a_model() {
    ModelConfig config = SmallGridModel.of(LANGUAGE);
    weights = Weights.random(config, 0.4, 0.2, SEEDS.child("weights"));
  }

  @AfterAll
  static void free_it() {
    weights.close();
  }

  /** Three tasks, the last with two test grids, with their truth or without. */
  private static List<OpenTask> tasks(boolean known) {
    List<OpenTask> tasks = new ArrayList<>();
    for (ArcTask task : SynthTasks.sample(Pool.RL, 3, SEEDS.child("tasks"))) {
      List<OpenTask.TestGrid> tests = new ArrayList<>();
      tests.add(grid(task.test().input(), task.test().output(), known));
      if (tasks.size() == 2) {
        Grid other = task.demonstrations().get(0).input();
        tests.add(grid(other, task.demonstrations().get(0).output(), known));
      }
      tasks.add(new OpenTask(task.id(), task.family(), task.demonstrations(), tests));
    }
    return tasks;
  }

  private static OpenTask.TestGrid grid(Grid input, Grid truth, boolean known) {
    return new OpenTask.TestGrid(input, known ? Optional.of(truth) : Optional.empty());
  }

  private static List<SolvedTask> solve(
      List<OpenTask> tasks, int threads, int edits, int attempts, long maxSteps) {
    return solve(weights, weights, tasks, threads, edits, attempts, maxSteps);
  }

  private static List<SolvedTask> solve(
      Weights policy,
      Weights adapted,
      List<OpenTask> tasks,
      int threads,
      int edits,
      int attempts,
      long maxSteps) {
    InnerLoopConfig inner =
        new InnerLoopConfig(
            new LoraConfig(4, 8, false, new TargetModules("all-linear")),
            BATCH,
            Schedule.CONSTANT,
            0,
            1.0,
            OptimizerSpec.ADAMW,
            8,
            4);
    TestTimeTrainingConfig sets =
        new TestTimeTrainingConfig(AugmentationSchema.COMPACT, List.of(1), 3, 250, 1, 1, 1);
    GridDomain.Config domain =
        new GridDomain.Config(
            SCHEMA,
            sets,
            LossMask.OUTPUT_GRIDS,
            new InferencePromptsConfig(List.of(0, 1), 0, true),
            106,
            BATCH,
            375,
            false);
    GridSolver.How how =
        new GridSolver.How(edits, Sampling.at(1), attempts, maxSteps, SEEDS.child("solving"));
    try (Workers workers = new Workers(threads)) {
      GridSolver solver =
          new GridSolver(
              new Roles(new SharedModel(policy, workers), new SharedModel(adapted, workers)),
              LANGUAGE,
              domain,
              inner,
              how);
      return solver.solve(solver.plan(tasks), Progress.silent());
    }
  }

  @Test
  @Tag("slow")
  void a_task_is_solved_alike_alone_and_among_others_on_any_number_of_threads() {
    List<SolvedTask> together = solve(tasks(true), 2, 2, 2, 375);
    assertThat(solve(tasks(true), 1, 2, 2, 375)).isEqualTo(together);
    for (int i = 0; i < together.size(); i++) {
      assertThat(solve(List.of(tasks(true).get(i)), 2, 2, 2, 375))
          .as("task %d, -Dseal.test.seed=%d", i, SEED)
          .containsExactly(together.get(i));
    }
    assertThat(together).allSatisfy(task -> assertThat(task.planned().steps()).isPositive());
  }

  @Test
  @Tag("slow")
  void the_truth_changes_nothing_but_the_verdict() {
    List<SolvedTask> known = solve(tasks(true), 2, 1, 2, 375);
    List<SolvedTask> open = solve(tasks(false), 2, 1, 2, 375);
    for (int i = 0; i < known.size(); i++) {
      assertThat(open.get(i).planned().edits()).isEqualTo(known.get(i).planned().edits());
      assertThat(open.get(i).trainings()).isEqualTo(known.get(i).trainings());
      for (int g = 0; g < known.get(i).grids().size(); g++) {
        SolvedTask.SolvedGrid with = known.get(i).grids().get(g);
        SolvedTask.SolvedGrid without = open.get(i).grids().get(g);
        assertThat(without.attempts()).isEqualTo(with.attempts());
        assertThat(without.solved()).isEmpty();
        assertThat(with.solved()).isPresent();
      }
    }
  }

  @Test
  void the_first_edit_has_the_most_likely_value_of_each_choice_and_others_are_sampled() {
    List<PlannedTask.Edit> edits = solve(tasks(false), 1, 4, 1, 0).get(0).planned().edits();
    assertThat(edits)
        .hasSize(4)
        .extracting(PlannedTask.Edit::sampled)
        .containsExactly(false, true, true, true);
    for (EditChoice choice : edits.get(0).choices()) {
      assertThat(choice.value())
          .as("%s, -Dseal.test.seed=%d", choice, SEED)
          .isEqualTo(
              choice.options().stream()
                  .max(Comparator.comparingDouble(EditChoice.Option::probability))
                  .orElseThrow()
                  .value());
    }
    for (PlannedTask.Edit edit : edits) {
      assertThat(edit.probability()).isBetween(0.0, 1.0);
      for (EditChoice choice : edit.choices()) {
        double sum = choice.options().stream().mapToDouble(EditChoice.Option::probability).sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
      }
    }
  }

  @Test
  void steps_are_bounded_and_without_any_nothing_is_trained() {
    for (long most : new long[] {0, 1, 3}) {
      for (SolvedTask task : solve(tasks(false), 1, 2, 2, most)) {
        assertThat(task.trainings())
            .allSatisfy(training -> assertThat(training.steps()).isLessThanOrEqualTo(most));
        assertThat(task.trainings().stream().mapToLong(training -> training.steps()).sum())
            .isEqualTo(task.planned().steps());
        assertThat(task.grids()).hasSameSizeAs(task.task().tests());
      }
    }
  }

  @Test
  void one_model_writes_the_edits_and_the_other_is_trained_and_answers() {
    List<OpenTask> tasks = tasks(false);
    try (Weights other =
        Weights.random(weights.config(), 0.4, 0.2, SEEDS.child("weights of another"))) {
      List<SolvedTask> both = solve(weights, other, tasks, 1, 2, 2, 0);
      assertThat(both).extracting(SolvedTask::planned).isEqualTo(planned(weights, weights));
      assertThat(both)
          .as("-Dseal.test.seed=%d", SEED)
          .extracting(SolvedTask::planned)
          .isNotEqualTo(planned(other, other));
      // Without training nothing but the model that is asked decides the answers.
      assertThat(both)
          .extracting(SolvedTask::grids)
          .isEqualTo(
              solve(other, other, tasks, 1, 2, 2, 0).stream().map(SolvedTask::grids).toList());
    }
  }

  private static List<PlannedTask> planned(Weights policy, Weights adapted) {
    return solve(policy, adapted, tasks(false), 1, 2, 2, 0).stream()
        .map(SolvedTask::planned)
        .toList();
  }

  @Test
  void more_edits_bring_more_answers_and_attempts_are_at_most_as_many_as_wanted() {
    OpenTask task = tasks(false).get(0);
    int one = asked(solve(List.of(task), 1, 1, 3, 1).get(0));
    assertThat(asked(solve(List.of(task), 1, 3, 1, 1).get(0))).isEqualTo(3 * one);
    for (int most = 1; most <= 3; most++) {
      SolvedTask solved = solve(List.of(task), 1, 3, most, 1).get(0);
      assertThat(solved.grids().get(0).attempts()).hasSizeLessThanOrEqualTo(most);
    }
  }

  /** Answers to the first grid; all of them are no grids where there is no attempt. */
  private static int asked(SolvedTask task) {
    SolvedTask.SolvedGrid grid = task.grids().get(0);
    return grid.attempts().isEmpty() ? grid.notGrids() : grid.attempts().get(0).answers();
  }

  @Test
  void a_grid_that_does_not_fit_is_named_with_the_reason_and_others_are_still_attempted() {
    OpenTask task = tasks(false).get(0);
    Grid wide = Grid.generate(1, 4, (r, c) -> 1);
    OpenTask mixed =
        new OpenTask(
            "mixed",
            "mixed",
            task.demonstrations(),
            List.of(grid(wide, wide, false), task.tests().get(0)));
    SolvedTask solved = solve(List.of(mixed), 1, 1, 2, 1).get(0);
    assertThat(solved.grids().get(0).reason().orElseThrow())
        .isEqualTo("the test input is larger than 3 x 3, the largest of the model");
    assertThat(solved.grids().get(0).attempts()).isEmpty();
    assertThat(asked(new SolvedTask(solved.planned(), List.of(), solved.grids().subList(1, 2))))
        .isPositive();
  }

  @Test
  void a_task_whose_demonstrations_do_not_fit_gets_no_edit() {
    OpenTask task = tasks(false).get(0);
    List<GridPair> many = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      many.addAll(task.demonstrations());
    }
    SolvedTask solved =
        solve(List.of(new OpenTask("long", "long", many, task.tests())), 1, 1, 2, 1).get(0);
    assertThat(solved.planned().edits()).isEmpty();
    assertThat(solved.grids().get(0).reason().orElseThrow())
        .containsPattern("its demonstrations take \\d+ tokens, and the model reads 106");
  }

  @Test
  void a_task_of_one_demonstration_is_answered_without_training() {
    OpenTask task = tasks(false).get(0);
    OpenTask one = new OpenTask("one", "one", task.demonstrations().subList(0, 1), task.tests());
    SolvedTask solved = solve(List.of(one), 1, 1, 2, 375).get(0);
    assertThat(solved.planned().steps()).isZero();
    assertThat(asked(solved)).isPositive();
  }
}
