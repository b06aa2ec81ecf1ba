package org.seal4j.scripts.solve;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Shown;
import org.seal4j.eval.arc.Ballot;
import org.seal4j.rl.grid.PlannedTask;
import org.seal4j.rl.grid.SolvedTask;

/** What was solved, in lines for a terminal: one of each task, then the grids where they fit. */
final class SolveLines {
  private static final String GAP = "   ";
  private static final int TALLEST = 15;

  private SolveLines() {}

  /** How many grids are right, and how many are not known; one sentence. */
  static String summary(List<SolvedTask> tasks) {
    List<SolvedTask.SolvedGrid> grids =
        tasks.stream().flatMap(task -> task.grids().stream()).toList();
    long none = grids.stream().filter(grid -> grid.attempts().isEmpty()).count();
    long known = grids.stream().filter(grid -> grid.solved().isPresent()).count();
    long right = grids.stream().filter(grid -> grid.solved().orElse(false)).count();
    String attempted =
        "%s of %s attempted".formatted(grids.size() - none, Amount.of(grids.size(), "test grid"));
    return known == 0
        ? attempted + "; no truth is known."
        : "%s; %d of %d with a known truth solved.".formatted(attempted, right, known);
  }

  /** The lines of one task. */
  static List<String> of(SolvedTask task, int columns) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < task.grids().size(); i++) {
      SolvedTask.SolvedGrid grid = task.grids().get(i);
      String id = Shown.line(task.task().id());
      String name = task.grids().size() == 1 ? id : id + ", test " + (i + 1);
      lines.add(name + ": " + verdict(grid));
      lines.addAll(drawn(grid.attempts(), columns));
    }
    for (PlannedTask.Edit edit : task.planned().edits()) {
      lines.add(
          "  policy: %s (%s likely); %s"
              .formatted(
                  EditWords.of(edit),
                  EditWords.percent(edit.probability()),
                  Amount.of(edit.steps(), "step")));
    }
    return lines;
  }

  private static String verdict(SolvedTask.SolvedGrid grid) {
    if (grid.reason().isPresent()) {
      return "no attempt: " + grid.reason().get();
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < grid.attempts().size(); i++) {
      Ballot attempt = grid.attempts().get(i);
      boolean right = grid.test().truth().filter(attempt.grid()::equals).isPresent();
      parts.add(
          "attempt %d %s of %s%s"
              .formatted(
                  i + 1,
                  EditWords.percent(attempt.confidence()),
                  Amount.of(attempt.answers(), "answer"),
                  right ? " (right)" : ""));
    }
    String all = String.join(", ", parts);
    return grid.solved().map(solved -> (solved ? "solved; " : "not solved; ") + all).orElse(all);
  }

  /** The attempts beside each other where they fit, else under each other, else not at all. */
  private static List<String> drawn(List<Ballot> attempts, int columns) {
    List<Grid> grids = attempts.stream().map(Ballot::grid).toList();
    int together = grids.stream().mapToInt(grid -> grid.width() + GAP.length()).sum();
    int tallest = grids.stream().mapToInt(Grid::height).max().orElse(0);
    int widest = grids.stream().mapToInt(Grid::width).max().orElse(0);
    if (tallest > TALLEST || widest + GAP.length() > columns) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    if (together <= columns) {
      beside(grids, tallest, lines);
    } else {
      grids.forEach(grid -> beside(List.of(grid), grid.height(), lines));
    }
    return lines;
  }

  private static void beside(List<Grid> grids, int height, List<String> lines) {
    for (int r = 0; r < height; r++) {
      StringBuilder line = new StringBuilder();
      for (Grid grid : grids) {
        line.append(GAP).append(r < grid.height() ? row(grid, r) : " ".repeat(grid.width()));
      }
      lines.add(line.toString().stripTrailing());
    }
  }

  private static String row(Grid grid, int r) {
    StringBuilder row = new StringBuilder();
    for (int c = 0; c < grid.width(); c++) {
      row.append(grid.at(r, c));
    }
    return row.toString();
  }
}
