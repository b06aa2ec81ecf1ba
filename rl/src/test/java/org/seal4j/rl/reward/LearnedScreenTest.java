package org.seal4j.rl.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.Context;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.Proposal;
import org.seal4j.rl.SelfEdit;
import org.seal4j.rl.WeightedProposal;
import org.seal4j.rl.restem.TopPerTask;

/** Which self-edits a learned reward keeps. */
class LearnedScreenTest {
  private static final Seeds SEEDS = Seeds.of(Long.getLong("seal.test.seed", 30));
  private static final int STEPS = 10;
  private static final int KEPT = 4;

  private record Room(String id) implements Context {
    @Override
    public String family() {
      return id;
    }
  }

  /** Worth as much as it is high: a tenth for each step. */
  private record Step(int height) implements SelfEdit {}

  private static final List<Step> STAIRS = IntStream.range(0, STEPS).mapToObj(Step::new).toList();

  private static LearnedScreen<Room, Step> screen(double explore) {
    return new LearnedScreen<>(
        (room, step) -> new double[] {step.height / (double) STEPS},
        new LearnedScreen.Config(3, explore),
        TopPerTask.Ranking.REWARD);
  }

  private static WeightedProposal<Room, Step> line(String room, Step step) {
    double reward = step.height / (double) STEPS;
    Outcome outcome = new Outcome(reward, reward, 1, Outcome.Training.NONE, "", List.of());
    return new WeightedProposal<>(
        new Room(room), new Proposal<>("", new ParsedEdit.Valid<>(step), 0, 1), outcome, 0);
  }

  private static LearnedScreen<Room, Step> taught(double explore) {
    LearnedScreen<Room, Step> screen = screen(explore);
    List<WeightedProposal<Room, Step>> round = new ArrayList<>();
    for (int room = 0; room < 5; room++) {
      for (int height = room; height < STEPS; height += 3) {
        round.add(line("r" + room, STAIRS.get(height)));
      }
    }
    screen.learn(1, round);
    return screen;
  }

  private static List<Integer> kept(LearnedScreen<Room, Step> screen, long trial) {
    return screen.keep(new Room("r"), STAIRS, KEPT, SEEDS.child("trial", trial));
  }

  @Test
  void before_anything_is_known_every_self_edit_is_kept_as_often() {
    int[] counts = new int[STEPS];
    for (int trial = 0; trial < 1000; trial++) {
      List<Integer> places = kept(screen(0), trial);
      assertThat(places).hasSize(KEPT).doesNotHaveDuplicates();
      places.forEach(place -> counts[place]++);
    }
    for (int count : counts) {
      assertThat(count).isBetween(330, 470);
    }
  }

  @Test
  void the_best_are_kept_and_the_share_by_chance_leaves_every_self_edit_possible() {
    assertThat(kept(taught(0), 1)).containsExactly(9, 8, 7, 6);
    Set<Integer> seen = new HashSet<>();
    LearnedScreen<Room, Step> exploring = taught(0.25);
    for (int trial = 0; trial < 100; trial++) {
      List<Integer> places = kept(exploring, trial);
      assertThat(places).hasSize(KEPT).startsWith(9, 8, 7).doesNotHaveDuplicates();
      assertThat(kept(exploring, trial)).isEqualTo(places);
      seen.addAll(places);
    }
    assertThat(seen).hasSize(STEPS);
  }

  @Test
  void a_round_that_it_foresaw_has_a_rank_correlation_of_one() {
    LearnedScreen<Room, Step> screen = taught(0.25);
    List<WeightedProposal<Room, Step>> round = new ArrayList<>();
    for (int place : kept(screen, 3)) {
      round.add(line("r", STAIRS.get(place)));
    }
    screen.learn(2, round);
    ScreenedRound second = screen.rounds().get(1);
    assertThat(second.correlation()).isCloseTo(1, offset(1e-12));
    assertThat(second.contexts()).isEqualTo(1);
    assertThat(second.foreseenCount()).isEqualTo(3);
    assertThat(second.foreseen()).isCloseTo(0.8, offset(1e-12));
    assertThat(second.chanceCount()).isEqualTo(1);
    assertThat(second.chance()).isLessThan(0.7);
  }

  @Test
  void numbers_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> new LearnedScreen.Config(1, 0))
        .isInstanceOf(InputException.class)
        .hasMessage("proposals must be in 2 to 1000 but was 1; 4 is usual");
    assertThatThrownBy(() -> new LearnedScreen.Config(2, 1.5))
        .hasMessage("explore must be in [0, 1] but was 1.5");
  }
}
