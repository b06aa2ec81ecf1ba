package org.seal4j.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.EditTokens;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.restem.TopPerTask;
import org.seal4j.rl.reward.LearnedScreen;
import org.seal4j.rl.reward.ScreenedRound;

/** Rounds that write more self-edits than they examine. */
class ScreeningTest {
  private static final long SEED = Long.getLong("seal.test.seed", 41);
  private static final long FOREVER = Long.MAX_VALUE;
  private static final SealLoopConfig CONFIG = new SealLoopConfig(3, 4, 1, new TopPerTask(1), 2);

  /** Keeps those places, of as many times as many self-edits. */
  private record Places(int proposals, Comparator<FewShotEdit> best)
      implements Screen<ToyWorld.Task, FewShotEdit> {
    @Override
    public List<Integer> keep(
        ToyWorld.Task context, List<FewShotEdit> written, int count, Seeds seeds) {
      return IntStream.range(0, written.size())
          .boxed()
          .sorted(Comparator.comparing(written::get, best))
          .limit(count)
          .toList();
    }

    @Override
    public void learn(int round, List<WeightedProposal<ToyWorld.Task, FewShotEdit>> examined) {}
  }

  private static LearnedScreen<ToyWorld.Task, FewShotEdit> learned(double explore) {
    EditTokens tokens = new EditTokens(EditSchema.compact());
    return new LearnedScreen<>(
        (context, edit) -> {
          double[] features = new double[tokens.names().size()];
          for (int symbol : tokens.encode(edit)) {
            features[symbol] = 1;
          }
          return features;
        },
        new LearnedScreen.Config(4, explore),
        TopPerTask.Ranking.LIKELIHOOD);
  }

  private static List<RoundResult> run(
      ToyWorld world, Screen<ToyWorld.Task, FewShotEdit> screen, int contexts) {
    SealLoop<ToyWorld.Task, FewShotEdit> loop = world.loop(CONFIG, SEED, screen);
    List<ToyWorld.Task> heldOut = ToyWorld.tasks("held-out", 2);
    return loop.run(
        round -> ToyWorld.tasks("round-" + round, contexts),
        round -> loop.evaluate("after", heldOut, EditSource.policy(), 1));
  }

  private static double firstReward(Optional<Screen<ToyWorld.Task, FewShotEdit>> screen) {
    ToyWorld world = new ToyWorld(new ToyWorld.Disk(), .2, FOREVER);
    SealLoop<ToyWorld.Task, FewShotEdit> loop =
        screen.map(by -> world.loop(CONFIG, SEED, by)).orElseGet(() -> world.loop(CONFIG, SEED));
    return loop.round(ToyWorld.tasks("t", 40)).meanReward();
  }

  @Test
  void a_perfect_prediction_raises_the_mean_reward_of_a_round_and_its_opposite_lowers_it() {
    Comparator<FewShotEdit> best =
        Comparator.comparing(ToyWorld::virtues, Comparator.reverseOrder());
    double plain = firstReward(Optional.empty());
    double foreseen = firstReward(Optional.of(new Places(4, best)));
    double worst = firstReward(Optional.of(new Places(4, best.reversed())));
    System.out.printf(
        "mean reward %.3f, by a perfect prediction %.3f, by its opposite %.3f%n",
        plain, foreseen, worst);
    assertThat(foreseen).as("-Dseal.test.seed=%d", SEED).isGreaterThan(plain + 0.2);
    assertThat(worst).isLessThan(plain);
  }

  @Test
  void as_many_are_examined_as_without_a_screen_and_they_differ() {
    ToyWorld.Disk disk = new ToyWorld.Disk();
    run(new ToyWorld(disk, .2, FOREVER), learned(.25), 5);
    Map<String, List<EditRow>> byContext = new HashMap<>();
    for (EditRow row : disk.edits) {
      if (row.key().phase().equals("train")) {
        byContext.computeIfAbsent(row.key().contextId(), id -> new ArrayList<>()).add(row);
      }
    }
    assertThat(byContext).hasSize(3 * 5);
    for (List<EditRow> rows : byContext.values()) {
      assertThat(rows).hasSize(4);
      assertThat(rows.stream().map(row -> row.key().index()).toList())
          .isSorted()
          .allMatch(index -> index < 16);
      assertThat(new HashSet<>(rows.stream().map(row -> row.draft().edit()).toList())).hasSize(4);
    }
  }

  @Test
  void where_nothing_valid_is_written_invalid_self_edits_are_the_rows_of_a_round() {
    ToyWorld.Disk disk = new ToyWorld.Disk();
    run(new ToyWorld(disk, 1, FOREVER), learned(.25), 2);
    assertThat(disk.edits.stream().filter(row -> row.key().phase().equals("train")))
        .hasSize(3 * 2 * 4)
        .noneMatch(EditRow::isValid);
  }

  @Test
  void a_reward_that_is_learned_foresees_the_later_rounds() {
    LearnedScreen<ToyWorld.Task, FewShotEdit> screen = learned(.25);
    run(new ToyWorld(new ToyWorld.Disk(), .2, FOREVER), screen, 30);
    assertThat(screen.rounds()).hasSize(3);
    ScreenedRound first = screen.rounds().get(0);
    assertThat(first.known()).isZero();
    assertThat(first.foreseenCount()).isZero();
    assertThat(first.correlation()).isNaN();
    ScreenedRound second = screen.rounds().get(1);
    assertThat(second.known()).isGreaterThan(100);
    assertThat(second.correlation()).as("-Dseal.test.seed=%d", SEED).isGreaterThan(0.5);
    assertThat(second.chanceCount()).isEqualTo(30);
    assertThat(second.foreseen()).isGreaterThan(second.chance());
  }

  @Test
  void a_run_that_is_killed_anywhere_and_continued_ends_like_an_undisturbed_one() {
    ToyWorld.Disk expected = new ToyWorld.Disk();
    ToyWorld whole = new ToyWorld(expected, .3, FOREVER);
    LearnedScreen<ToyWorld.Task, FewShotEdit> undisturbed = learned(.5);
    List<RoundResult> rounds = run(whole, undisturbed, 2);
    long events = FOREVER - whole.life();
    assertThat(events).isGreaterThan(60);
    for (long life = 0; life < events; life++) {
      ToyWorld.Disk disk = new ToyWorld.Disk();
      ToyWorld dying = new ToyWorld(disk, .3, life);
      assertThatThrownBy(() -> run(dying, learned(.5), 2)).isInstanceOf(ToyWorld.Killed.class);
      LearnedScreen<ToyWorld.Task, FewShotEdit> screen = learned(.5);
      assertThat(run(new ToyWorld(disk, .3, FOREVER), screen, 2))
          .as("killed at event %d", life)
          .isEqualTo(rounds);
      assertThat(disk.content()).isEqualTo(expected.content());
      assertThat(screen.rounds()).isEqualTo(undisturbed.rounds());
    }
  }

  @Test
  void a_screen_that_keeps_another_number_is_refused() {
    Screen<ToyWorld.Task, FewShotEdit> greedy =
        new Screen<>() {
          @Override
          public int proposals() {
            return 2;
          }

          @Override
          public List<Integer> keep(
              ToyWorld.Task context, List<FewShotEdit> written, int count, Seeds seeds) {
            return List.of(0, 0, 1, 2);
          }

          @Override
          public void learn(
              int round, List<WeightedProposal<ToyWorld.Task, FewShotEdit>> examined) {}
        };
    assertThatThrownBy(() -> firstReward(Optional.of(greedy)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("was to keep 4 self-edits of t-0, each once, but kept the places");
  }
}
