package org.seal4j.rl.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seal4j.rl.Candidate;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.Selection;
import org.seal4j.rl.restem.TopPerTask;

/** Which self-edits teach. */
class LearningTest {

  private static Candidate edit(String context, double reward, double nll) {
    Outcome outcome = new Outcome(reward, reward, nll, Outcome.Training.NONE, "", List.of());
    return new Candidate(context, true, outcome, Optional.empty());
  }

  private static Candidate invalid(String context) {
    return new Candidate(context, false, Outcome.ofInvalidEdit(), Optional.empty());
  }

  /** Two contexts that differ, one that does not, one with a single valid self-edit. */
  private static final List<Candidate> ROUND =
      List.of(
          edit("a", 0.5, 2),
          edit("a", 1, 3),
          invalid("a"),
          edit("a", 0, 1),
          edit("b", 0.5, 2),
          edit("b", 0.5, Double.POSITIVE_INFINITY),
          edit("c", 1, 2),
          edit("c", 1, 2),
          edit("d", 1, 2),
          invalid("d"));

  private static List<Double> weights(Learning learning, TopPerTask.Ranking ranking) {
    Selection kept = new TopPerTask(1, ranking);
    return learning.selection(kept, ranking).weights(ROUND);
  }

  @Test
  void grpo_learns_from_every_valid_one_where_they_differ() {
    assertThat(weights(Learning.GRPO, TopPerTask.Ranking.REWARD))
        .containsExactly(1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    assertThat(weights(Learning.GRPO, TopPerTask.Ranking.LIKELIHOOD))
        .containsExactly(1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0);
  }

  @Test
  void dpo_learns_from_the_best_and_the_worst_where_they_differ() {
    assertThat(weights(Learning.DPO, TopPerTask.Ranking.REWARD))
        .containsExactly(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    assertThat(weights(Learning.DPO, TopPerTask.Ranking.LIKELIHOOD))
        .containsExactly(0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0);
  }

  @Test
  void restem_learns_from_what_the_selection_keeps() {
    assertThat(weights(Learning.RESTEM, TopPerTask.Ranking.REWARD))
        .containsExactly(0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0);
  }
}
