package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.EditTokens;
import org.seal4j.rl.grid.FewShotEdit;

/** Evaluated edits whose truth is known, for tests. */
final class Written {
  static final EditTokens TOKENS = new EditTokens(EditSchema.compact());

  private Written() {}

  /** An edit of the policy, or one of a design where the text is empty. */
  static EditRow row(
      String phase, String task, String kind, int index, String raw, boolean solved, double nll) {
    EditRow.Draft draft =
        new EditRow.Draft(
            raw,
            Optional.of("{}"),
            Optional.empty(),
            "",
            raw.isEmpty() ? 0 : 1,
            raw.isEmpty() ? Double.NaN : -1);
    double reward = solved ? 1 : 0;
    return new EditRow(
        new EditRow.Key(phase, 0, task, kind, index, 7),
        draft,
        new Outcome(reward, reward, nll, Outcome.Training.NONE, "1", List.of("1")));
  }

  static String text(FewShotEdit edit) {
    return TOKENS.text(TOKENS.encode(edit));
  }

  /** What a configuration gives on a task. */
  @FunctionalInterface
  interface Truth {
    double likelihood(FewShotEdit edit, int task, int repeat);
  }

  /**
   * All configurations of a design on some tasks, two trainings of each; a task is solved where its
   * true grid is likelier than .5.
   */
  static DesignTrials trials(Design design, int tasks, int kinds, Truth truth) {
    List<EditRow> rows = new ArrayList<>();
    int size = design.configurations().size();
    for (int t = 0; t < tasks; t++) {
      for (int index = 0; index < 2 * size; index++) {
        double p = truth.likelihood(design.configurations().get(index % size), t, index / size);
        rows.add(row("room", "task" + t, "kind" + t % kinds, index, "", p > 0.5, -Math.log(p)));
      }
    }
    return DesignTrials.of(design, rows);
  }
}
