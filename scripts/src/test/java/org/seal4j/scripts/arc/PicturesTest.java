package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.grid.EditSchema;

class PicturesTest {
  private static final GridPair PAIR = new GridPair(Grid.parse("12"), Grid.parse("21"));

  private final List<ArcTask> tasks = new ArrayList<>();
  private final List<EditRow> before = new ArrayList<>();
  private final List<EditRow> after = new ArrayList<>();

  private void task(String id, boolean solvedBefore, boolean solvedAfter, double nll) {
    tasks.add(new ArcTask(id, "kind", List.of(PAIR, PAIR), PAIR));
    before.add(row(Phases.NO_RL, id, solvedBefore, 1));
    after.add(row(Phases.round(1), id, solvedAfter, nll));
  }

  private static EditRow row(String phase, String id, boolean solved, double nll) {
    EditRow.Draft draft =
        new EditRow.Draft("color=1", Optional.of("{}"), Optional.empty(), "", 1, -1);
    double reward = solved ? 1 : 0;
    return new EditRow(
        new EditRow.Key(phase, 1, id, "kind", 0, 7),
        draft,
        new Outcome(
            reward, reward, nll, Outcome.Training.NONE, "21", List.of(solved ? "21" : "11")));
  }

  private Phases phases() {
    Map<String, List<EditRow>> evaluations = new LinkedHashMap<>();
    evaluations.put(Phases.NO_RL, before);
    evaluations.put(Phases.round(1), after);
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put(Phases.NO_RL_LABEL, Phases.NO_RL);
    conditions.put("round 1", Phases.round(1));
    return new Phases(
        List.of(new RoundResult(1, List.of(), List.of(), List.of())), evaluations, conditions);
  }

  @Test
  void the_best_were_gained_then_solved_as_likely_as_can_be_and_the_worst_are_least_likely() {
    task("always, likely", true, true, 0.01);
    task("gained, unlikely", false, true, 0.5);
    task("gained, likely", false, true, 0.1);
    task("unsolved, near", false, false, 0.2);
    task("lost, far", true, false, 3);
    task("invalid", false, false, Double.POSITIVE_INFINITY);
    task("always, unlikely", true, true, 0.4);
    Pictures pictures = new Pictures(phases(), EditSchema.compact());
    assertThat(pictures.best(tasks))
        .extracting(ArcTask::id)
        .containsExactly(
            "gained, likely", "gained, unlikely", "always, likely", "always, unlikely");
    assertThat(pictures.worst(tasks))
        .extracting(ArcTask::id)
        .containsExactly("invalid", "lost, far", "unsolved, near");
  }

  @Test
  void no_more_than_five_of_each_are_shown() {
    for (int i = 0; i < 8; i++) {
      task("solved " + i, true, true, 0.1 * i);
      task("unsolved " + i, false, false, 0.1 * i);
    }
    Pictures pictures = new Pictures(phases(), EditSchema.compact());
    assertThat(pictures.best(tasks)).hasSize(5);
    assertThat(pictures.worst(tasks)).hasSize(5).doesNotContainAnyElementsOf(pictures.best(tasks));
  }
}
