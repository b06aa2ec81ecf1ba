package org.seal4j.eval.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class VotingTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20260101L);

  @Test
  void a_majority_in_every_category_is_the_first_attempt() {
    Rng rng = Seeds.of(SEED).child("majority").rng();
    for (int round = 0; round < 200; round++) {
      Grid truth = randomGrid(rng);
      List<Candidate> candidates = new ArrayList<>();
      for (String category : List.of("identity", "transpose", "flip-0", "rotate-180")) {
        candidates.add(Candidate.of(category, randomGrid(rng)));
        candidates.add(Candidate.of(category, truth));
        candidates.add(Candidate.of(category, truth));
      }
      assertThat(Voting.attempts(candidates).get(0)).as("seed %d", SEED).isEqualTo(truth);
    }
  }

  @Test
  void more_attempts_leave_the_first_ones_as_they_are_and_votes_are_answers() {
    Rng rng = Seeds.of(SEED).child("ranked").rng();
    int three = 0;
    for (int round = 0; round < 500; round++) {
      List<Candidate> candidates = randomCandidates(rng);
      List<Ballot> ranked = Voting.ranked(candidates, 3);
      List<Grid> grids = ranked.stream().map(Ballot::grid).toList();
      three += grids.size() == 3 ? 1 : 0;
      List<Grid> two = Voting.attempts(candidates);
      assertThat(grids.subList(0, two.size())).as("seed %d", SEED).isEqualTo(two);
      assertThat(Voting.ranked(candidates, 1)).isEqualTo(ranked.subList(0, 1));
      assertThat(grids).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(3);
      for (Ballot ballot : ranked) {
        long votes =
            candidates.stream()
                .filter(c -> c.grid().filter(ballot.grid()::equals).isPresent())
                .count();
        assertThat((long) ballot.votes()).isEqualTo(votes);
        assertThat(ballot.answers()).isEqualTo(candidates.size());
        assertThat(ballot.confidence()).isBetween(0.0, 1.0);
      }
    }
    assertThat(three).as("rounds with a third attempt, seed %d", SEED).isPositive();
  }

  private static final Grid ONE = Grid.of(new int[][] {{1}});
  private static final Grid TWO = Grid.of(new int[][] {{2}});
  private static final Grid THREE = Grid.of(new int[][] {{3}});

  @Test
  void two_models_that_disagree_hand_in_one_attempt_each() {
    assertThat(Voting.together(List.of(List.of(ONE, THREE), List.of(TWO, THREE))))
        .containsExactly(ONE, TWO);
  }

  @Test
  void what_most_models_hand_in_first_stands_first_then_what_most_hand_in_at_all() {
    assertThat(Voting.together(List.of(List.of(ONE), List.of(TWO, THREE), List.of(TWO))))
        .containsExactly(TWO, ONE);
    assertThat(Voting.together(List.of(List.of(ONE, TWO), List.of(TWO))))
        .as("both first once, but the second model's grid is handed in twice")
        .containsExactly(TWO, ONE);
    assertThat(Voting.together(List.of(List.of(ONE, TWO), List.of(ONE, THREE))))
        .containsExactly(ONE, TWO);
  }

  @Test
  void one_model_alone_or_beside_models_without_an_attempt_hands_in_its_own() {
    assertThat(Voting.together(List.of(List.of(), List.of(TWO, ONE)))).containsExactly(TWO, ONE);
    assertThat(Voting.together(List.of(List.of(), List.of()))).isEmpty();
  }

  @Test
  void attempts_are_distinct_and_at_most_two() {
    Rng rng = Seeds.of(SEED).child("distinct").rng();
    for (int round = 0; round < 500; round++) {
      List<Candidate> candidates = randomCandidates(rng);
      List<Grid> attempts = Voting.attempts(candidates);
      assertThat(attempts).as("seed %d", SEED).hasSizeBetween(1, 2).doesNotHaveDuplicates();
    }
  }

  @Test
  void answers_that_are_no_grid_have_no_vote() {
    Rng rng = Seeds.of(SEED).child("undecodable").rng();
    for (int round = 0; round < 200; round++) {
      List<Candidate> candidates = randomCandidates(rng);
      List<Candidate> padded = new ArrayList<>();
      for (Candidate candidate : candidates) {
        padded.add(Candidate.undecodable("flip-1"));
        padded.add(candidate);
      }
      assertThat(Voting.attempts(padded))
          .as("seed %d", SEED)
          .isEqualTo(Voting.attempts(candidates));
    }
  }

  @Test
  void the_names_of_transforms_do_not_matter() {
    Rng rng = Seeds.of(SEED).child("names").rng();
    Map<String, String> renamed = Map.of("transpose", "y", "flip-0", "x");
    for (int round = 0; round < 200; round++) {
      List<Candidate> candidates = randomCandidates(rng);
      List<Candidate> others =
          candidates.stream()
              .map(c -> new Candidate(renamed.getOrDefault(c.category(), c.category()), c.grid()))
              .toList();
      assertThat(Voting.attempts(others)).isEqualTo(Voting.attempts(candidates));
    }
  }

  @Test
  void nothing_decodable_gives_one_black_cell() {
    Grid blackCell = Grid.parse("0");
    assertThat(Voting.attempts(List.of())).containsExactly(blackCell);
    assertThat(Voting.attempts(List.of(Candidate.undecodable("identity"))))
        .containsExactly(blackCell);
  }

  @Test
  void ties_go_to_the_earliest_answer() {
    List<Candidate> candidates =
        List.of(answer("identity", "12/34"), answer("flip", "99/99"), answer("identity", "56/78"));
    // Ballots: 12/34 has 1 + 2, 99/99 has 1 + 3, 56/78 has 1 + 1.
    assertThat(Voting.attempts(candidates))
        .containsExactly(Grid.parse("99/99"), Grid.parse("12/34"));
    List<Candidate> tied = List.of(answer("flip", "99/99"), answer("rotate", "12/34"));
    // 99/99 comes first and so has what is left of the ballots of all.
    assertThat(Voting.attempts(tied)).containsExactly(Grid.parse("99/99"), Grid.parse("12/34"));
  }

  @Test
  void many_categories_outvote_many_answers_of_one_category() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      candidates.add(answer("identity", "11/11"));
    }
    candidates.add(answer("transpose", "22/22"));
    candidates.add(answer("flip", "22/22"));
    candidates.add(answer("flip", "33/33"));
    // Ballots of all, identity, transpose, flip: 22/22 has 1 + 0 + 3 + 2, 11/11 has 1 + 3.
    assertThat(Voting.attempts(candidates))
        .containsExactly(Grid.parse("22/22"), Grid.parse("11/11"));
  }

  @Test
  void a_tie_goes_to_the_grid_answered_more_often_without_a_transform() {
    List<Candidate> candidates =
        List.of(
            answer("transpose", "11/11"),
            answer("flip", "22/22"),
            answer("rotate", "33/33"),
            answer("identity", "44/44"),
            answer("identity", "33/33"));
    // Ballots: 11/11, 22/22 and 33/33 come first in all; 33/33 has 1 + 3 + 1, 44/44 has 2.
    assertThat(Voting.attempts(candidates))
        .containsExactly(Grid.parse("33/33"), Grid.parse("11/11"));
    List<Candidate> tied =
        List.of(answer("transpose", "11/11"), answer("flip", "22/22"), answer("identity", "33/33"));
    assertThat(Voting.attempts(tied)).containsExactly(Grid.parse("33/33"), Grid.parse("11/11"));
  }

  /**
   * Why no majority grids are built: of at most two distinct grids, ties to the earliest, the grid
   * of the commonest rows is the commonest grid. Columns follow by transposition.
   */
  @Test
  void the_commonest_rows_of_at_most_two_distinct_grids_are_those_of_the_commonest_grid() {
    Rng rng = Seeds.of(SEED).child("fillers").rng();
    for (int round = 0; round < 500; round++) {
      List<Grid> pool = List.of(randomGrid(rng), randomGrid(rng));
      List<Grid> group = new ArrayList<>();
      for (int i = rng.between(1, 8); i > 0; i--) {
        group.add(rng.pick(pool));
      }
      Grid commonest = Tally.of(group).commonest(1).get(0);
      for (int r = 0; r < 3; r++) {
        int row = r;
        List<String> rows = group.stream().map(g -> Arrays.toString(g.rows()[row])).toList();
        assertThat(Tally.of(rows).commonest(1))
            .as("seed %d", SEED)
            .containsExactly(Arrays.toString(commonest.rows()[row]));
      }
    }
  }

  private static Candidate answer(String category, String grid) {
    return Candidate.of(category, Grid.parse(grid));
  }

  private static Grid randomGrid(Rng rng) {
    return Grid.generate(3, 3, (r, c) -> rng.nextInt(3));
  }

  private static List<Candidate> randomCandidates(Rng rng) {
    List<Grid> pool = List.of(randomGrid(rng), randomGrid(rng), randomGrid(rng), Grid.parse("01"));
    List<Candidate> candidates = new ArrayList<>();
    for (int i = rng.between(1, 12); i > 0; i--) {
      String category = rng.pick(List.of("identity", "transpose", "flip-0"));
      candidates.add(Candidate.of(category, rng.pick(pool)));
    }
    return candidates;
  }
}
