package org.seal4j.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.restem.AllPositives;
import org.seal4j.rl.restem.PositiveGain;
import org.seal4j.rl.restem.TopPerTask;

class SealLoopTest {
  private static final long FOREVER = Long.MAX_VALUE;

  private final ToyWorld.Disk disk = new ToyWorld.Disk();

  private static double meanReward(List<EditRow> rows) {
    return rows.stream().mapToDouble(row -> row.outcome().reward()).average().orElseThrow();
  }

  @Test
  void the_policy_learns_to_write_edits_that_solve() {
    for (long seed = 0; seed < 5; seed++) {
      ToyWorld world = new ToyWorld(new ToyWorld.Disk(), .05, FOREVER);
      SealLoopConfig config = new SealLoopConfig(2, 8, 2, new TopPerTask(2));
      SealLoop<ToyWorld.Task, FewShotEdit> loop = world.loop(config, seed);
      List<ToyWorld.Task> heldOut = ToyWorld.tasks("held-out", 100);
      List<Double> rewards = new ArrayList<>();
      List<RoundResult> rounds =
          loop.run(
              round -> ToyWorld.tasks("round-" + round, 30),
              round ->
                  rewards.add(
                      meanReward(
                          loop.evaluate("after-" + round, heldOut, EditSource.policy(), 2))));
      assertThat(rewards.get(0)).as("seed %d", seed).isLessThan(.35);
      assertThat(rewards.get(1)).as("seed %d", seed).isGreaterThan(rewards.get(0) + .2);
      assertThat(rewards.get(2)).as("seed %d", seed).isGreaterThan(rewards.get(1));
      assertThat(rounds.get(1).meanReward()).isGreaterThan(rounds.get(0).meanReward());
      assertThat(rounds.get(0).selected()).isEqualTo(60);
    }
  }

  @Test
  void the_order_and_the_company_of_contexts_do_not_change_their_rows() {
    List<ToyWorld.Task> tasks = ToyWorld.tasks("t", 6);
    List<ToyWorld.Task> some = List.of(tasks.get(4), tasks.get(1));
    SealLoopConfig config = new SealLoopConfig(1, 2, 3, AllPositives.reference());
    List<EditRow> all =
        new ToyWorld(disk, .5, FOREVER)
            .loop(config, 3)
            .evaluate("x", tasks, EditSource.policy(), 3);
    List<EditRow> few =
        new ToyWorld(new ToyWorld.Disk(), .5, FOREVER)
            .loop(config, 3)
            .evaluate("x", some, EditSource.policy(), 3);
    Map<EditRow.Key, EditRow> byKey =
        all.stream().collect(Collectors.toMap(EditRow::key, Function.identity()));
    assertThat(few).hasSize(6).allSatisfy(row -> assertThat(byKey).containsValue(row));
    assertThat(few.get(0).key().contextId()).isEqualTo("t-4");
  }

  @Test
  void invalid_edits_are_resampled_a_bounded_number_of_times_and_earn_nothing() {
    SealLoopConfig config = new SealLoopConfig(1, 5, 2, new AllPositives(0));
    RoundResult round =
        new ToyWorld(disk, .5, FOREVER).loop(config, 4).round(ToyWorld.tasks("t", 40));
    assertThat(round.rows()).hasSize(200).isEqualTo(disk.edits);
    for (int i = 0; i < 200; i++) {
      EditRow row = round.rows().get(i);
      assertThat(row.draft().attempts()).isBetween(1, 3);
      assertThat(round.weights().get(i)).isEqualTo(row.isValid() ? 1 : 0);
      if (!row.isValid()) {
        assertThat(row.draft().attempts()).isEqualTo(3);
        assertThat(row.outcome()).isEqualTo(Outcome.ofInvalidEdit());
        assertThat(row.draft().problem()).isNotBlank();
      }
    }
    EditCounts counts = round.counts();
    assertThat(counts.samples()).isEqualTo(counts.invalidSamples() + 200 - counts.invalidEdits());
    assertThat(counts.invalidShare()).isBetween(.4, .6);
    assertThat(counts.reasons())
        .isEqualTo(Map.of(InvalidReason.WRONG_LENGTH, counts.invalidEdits()));
    assertThat(counts.invalidEdits()).isBetween(10, 45);
  }

  @Test
  void without_resampling_the_first_answer_counts() {
    SealLoopConfig config = new SealLoopConfig(1, 5, 0, new AllPositives(0));
    RoundResult round =
        new ToyWorld(disk, 1, FOREVER).loop(config, 4).round(ToyWorld.tasks("t", 4));
    assertThat(round.counts().samples()).isEqualTo(20);
    assertThat(round.counts().invalidShare()).isEqualTo(1);
    assertThat(round.meanReward()).isZero();
  }

  @Test
  void a_round_in_which_nothing_is_selected_leaves_the_policy_as_it_was() {
    ToyWorld world = new ToyWorld(disk, 1, FOREVER);
    List<Double> before = world.policy();
    SealLoopConfig config = new SealLoopConfig(1, 2, 1, new TopPerTask(1));
    RoundResult round = world.loop(config, 4).round(ToyWorld.tasks("t", 4));
    assertThat(round.selected()).isZero();
    assertThat(round.losses()).isEmpty();
    assertThat(world.learned).isZero();
    assertThat(world.policy()).isEqualTo(before);
    assertThat(disk.policies).containsOnlyKeys("round-1");
  }

  @Test
  void baselines_are_evaluated_only_where_the_selection_asks() {
    List<ToyWorld.Task> tasks = ToyWorld.tasks("t", 7);
    new ToyWorld(disk, 0, FOREVER)
        .loop(new SealLoopConfig(1, 2, 0, PositiveGain.amongAll()), 5)
        .round(tasks);
    assertThat(disk.edits).hasSize(7 + 14);
    assertThat(disk.edits.subList(0, 7))
        .allSatisfy(row -> assertThat(row.key().phase()).isEqualTo("baseline"))
        .allSatisfy(row -> assertThat(row.draft().edit()).isEmpty())
        .allSatisfy(row -> assertThat(row.outcome().training().steps()).isZero());
    ToyWorld.Disk other = new ToyWorld.Disk();
    new ToyWorld(other, 0, FOREVER)
        .loop(new SealLoopConfig(1, 2, 0, new TopPerTask(1)), 5)
        .round(tasks);
    assertThat(other.edits).isEqualTo(disk.edits.subList(7, 21));
  }

  @Test
  void evaluations_share_their_random_numbers() {
    ToyWorld world = new ToyWorld(disk, 0, FOREVER);
    SealLoop<ToyWorld.Task, FewShotEdit> loop =
        world.loop(new SealLoopConfig(1, 2, 0, new TopPerTask(1)), 6);
    List<ToyWorld.Task> heldOut = ToyWorld.tasks("h", 3);
    List<EditRow> one = loop.evaluate("one", heldOut, EditSource.none(), 2);
    loop.round(ToyWorld.tasks("t", 3));
    List<EditRow> two = loop.evaluate("two", heldOut, EditSource.none(), 2);
    assertThat(two.stream().map(EditRow::outcome).toList())
        .isEqualTo(one.stream().map(EditRow::outcome).toList());
    assertThat(one).allSatisfy(row -> assertThat(row.key().round()).isZero());
    assertThat(two).allSatisfy(row -> assertThat(row.key().round()).isEqualTo(1));
  }

  @Test
  void a_context_may_not_come_twice_and_the_loops_own_names_are_taken() {
    SealLoop<ToyWorld.Task, FewShotEdit> loop =
        new ToyWorld(disk, 0, FOREVER).loop(new SealLoopConfig(1, 2, 0, new TopPerTask(1)), 6);
    ToyWorld.Task task = ToyWorld.tasks("t", 1).get(0);
    assertThatThrownBy(() -> loop.round(List.of(task, task)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("t-0");
    assertThatThrownBy(() -> loop.evaluate("train", List.of(task), EditSource.none(), 1))
        .isInstanceOf(InputException.class);
  }

  @Test
  void an_executor_that_loses_or_invents_outcomes_is_caught() {
    List<ToyWorld.Task> tasks = ToyWorld.tasks("t", 2);
    assertThatThrownBy(() -> withExecutor((jobs, out, finished) -> {}, tasks))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fewer");
    assertThatThrownBy(
            () ->
                withExecutor(
                    (jobs, out, finished) -> {
                      for (int i = 0; i <= jobs.size(); i++) {
                        out.accept(Outcome.ofInvalidEdit());
                      }
                    },
                    tasks))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("more");
  }

  @Test
  void progress_moves_with_every_finished_edit_though_rows_wait_for_their_turn() {
    List<String> heard = new ArrayList<>();
    Executor<ToyWorld.Task, FewShotEdit> backwards =
        new Executor<>() {
          @Override
          public void evaluate(
              List<EditJob<ToyWorld.Task, FewShotEdit>> jobs, Consumer<Outcome> inJobOrder) {
            throw new AssertionError("the loop wants to hear how far it is");
          }

          @Override
          public void evaluate(
              List<EditJob<ToyWorld.Task, FewShotEdit>> jobs,
              Consumer<Outcome> inJobOrder,
              IntConsumer finished) {
            finished.accept(jobs.size());
            heard.add("all finished");
            jobs.forEach(job -> inJobOrder.accept(SOLVED));
          }
        };
    withExecutor(backwards, ToyWorld.tasks("t", 2), steps(heard));
    assertThat(heard).containsExactly("2 ", "all finished", "2 1 solved", "2 2 solved");
  }

  private static final Outcome SOLVED =
      new Outcome(1, 1, 0.5, Outcome.Training.NONE, "1", List.of("1"));

  private static Progress steps(List<String> heard) {
    return new Progress() {
      @Override
      public void start(String what, long total) {}

      @Override
      public void step(long done, String note) {
        heard.add(done + " " + note);
      }

      @Override
      public void end() {}
    };
  }

  private static void withExecutor(
      Executor<ToyWorld.Task, FewShotEdit> executor, List<ToyWorld.Task> tasks) {
    withExecutor(executor, tasks, Progress.silent());
  }

  private static void withExecutor(
      Executor<ToyWorld.Task, FewShotEdit> executor, List<ToyWorld.Task> tasks, Progress progress) {
    ToyWorld world = new ToyWorld(new ToyWorld.Disk(), 0, FOREVER);
    LoopPorts<ToyWorld.Task, FewShotEdit> ports =
        new LoopPorts<>(world, world, executor, world, world, memory(), memory(), progress);
    new SealLoop<>(new SealLoopConfig(1, 1, 0, new TopPerTask(1)), ports, Seeds.of(1))
        .evaluate("x", tasks, EditSource.none(), 1);
  }

  private static <R> RunLog<R> memory() {
    return new RunLog<>() {
      @Override
      public List<R> existing() {
        return List.of();
      }

      @Override
      public void append(R row) {}
    };
  }
}
