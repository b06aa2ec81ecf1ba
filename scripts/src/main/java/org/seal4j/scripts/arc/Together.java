package org.seal4j.scripts.arc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.arc.Grid;
import org.seal4j.eval.arc.Voting;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.experiment.Phases;

/**
 * The self-edits of a task answering together: each trains an adapter of its own, and their
 * attempts become two ({@link Voting#together}).
 */
final class Together {
  private Together() {}

  /** Whether a task has several self-edits anywhere. */
  static boolean has(Phases phases) {
    return phases.conditions().values().stream()
        .anyMatch(phase -> phases.rows(phase).stream().anyMatch(row -> row.key().index() > 0));
  }

  /** The same phases with one row for each task, by the label of the condition. */
  static Phases of(Phases phases) {
    Map<String, List<EditRow>> joined = new LinkedHashMap<>();
    phases.conditions().values().forEach(phase -> joined.put(phase, tasks(phases.rows(phase))));
    return new Phases(phases.rounds(), joined, phases.conditions());
  }

  private static List<EditRow> tasks(List<EditRow> rows) {
    return EditRow.byContext(rows).values().stream().map(Together::join).toList();
  }

  /** The row of the first that was examined, with the attempts and the grade of all. */
  private static EditRow join(List<EditRow> rows) {
    EditRow first = rows.stream().filter(Together::answered).findFirst().orElse(rows.get(0));
    Outcome one = first.outcome();
    List<Grid> attempts =
        Voting.together(
            rows.stream()
                .map(row -> row.outcome().answers().stream().map(Grid::parse).toList())
                .toList());
    List<String> answers = attempts.stream().map(Grid::toString).toList();
    Outcome outcome =
        new Outcome(
            answers.contains(one.truth()) ? 1 : 0,
            answers.indexOf(one.truth()) == 0 ? 1 : 0,
            one.negLogLikelihood(),
            one.training(),
            one.truth(),
            answers);
    return new EditRow(first.key(), first.draft(), outcome);
  }

  private static boolean answered(EditRow row) {
    return !row.outcome().answers().isEmpty();
  }
}
