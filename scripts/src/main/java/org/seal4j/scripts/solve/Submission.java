package org.seal4j.scripts.solve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.json.Json;
import org.seal4j.rl.grid.SolvedTask;

/**
 * The attempts in the layout of Kaggle's ARC Prize: for each task a list with one entry for each
 * test grid in order, each with {@code attempt_1} and {@code attempt_2}. Where there is one attempt
 * it is given twice, where there is none {@code [[0]]}.
 */
final class Submission {
  private static final Grid NOTHING = Grid.of(new int[][] {{0}});

  private Submission() {}

  static String json(List<SolvedTask> tasks) {
    Map<String, List<Map<String, List<int[]>>>> all = new LinkedHashMap<>();
    for (SolvedTask task : tasks) {
      all.put(task.task().id(), task.grids().stream().map(Submission::entry).toList());
    }
    return Json.line(all) + "\n";
  }

  private static Map<String, List<int[]>> entry(SolvedTask.SolvedGrid grid) {
    Map<String, List<int[]>> entry = new LinkedHashMap<>();
    for (int attempt = 0; attempt < 2; attempt++) {
      int last = Math.min(attempt, grid.attempts().size() - 1);
      Grid made = last < 0 ? NOTHING : grid.attempts().get(last).grid();
      entry.put("attempt_" + (attempt + 1), Attempts.rows(made));
    }
    return entry;
  }
}
