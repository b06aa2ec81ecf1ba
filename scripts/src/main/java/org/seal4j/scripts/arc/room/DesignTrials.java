package org.seal4j.scripts.arc.room;

import java.util.List;
import java.util.Map;
import org.seal4j.eval.stats.CrossedTrials;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.GridContext;

/**
 * The configurations of a design on some tasks.
 *
 * @param design the configurations
 * @param tasks ids
 * @param kinds the kind of each task
 * @param solved 1 or 0, two attempts {@code [t, c, r]}
 * @param likelihood geometric mean of the probabilities of the true grid's tokens, in [0, 1] {@code
 *     [t, c, r]}
 */
@SuppressWarnings("ArrayRecordComponent") // data for the caller; identity is never compared
record DesignTrials(
    Design design,
    List<String> tasks,
    List<String> kinds,
    double[][][] solved,
    double[][][] likelihood) {

  /** Gives all configurations once, then all of them again. */
  static EditSource<GridContext, FewShotEdit> source(Design design) {
    List<FewShotEdit> edits = design.configurations();
    return EditSource.given((context, index, rng) -> edits.get(index % edits.size()));
  }

  /** Reads the rows that {@link #source} gave. */
  static DesignTrials of(Design design, List<EditRow> rows) {
    Map<String, List<EditRow>> byTask = EditRow.byContext(rows);
    int size = design.configurations().size();
    int repeats = rows.size() / byTask.size() / size;
    double[][][] solved = new double[byTask.size()][size][repeats];
    double[][][] likelihood = new double[byTask.size()][size][repeats];
    int t = 0;
    for (List<EditRow> task : byTask.values()) {
      for (EditRow row : task) {
        int index = row.key().index();
        solved[t][index % size][index / size] = row.outcome().solved() ? 1 : 0;
        likelihood[t][index % size][index / size] = likelihood(row);
      }
      t++;
    }
    List<String> kinds = byTask.values().stream().map(task -> task.get(0).key().family()).toList();
    return new DesignTrials(design, List.copyOf(byTask.keySet()), kinds, solved, likelihood);
  }

  /** Geometric mean of the probabilities of the true grid's tokens; 0 where there is none. */
  static double likelihood(EditRow row) {
    return StrictMath.exp(-row.outcome().negLogLikelihood());
  }

  /** What choices among them are worth in solved tasks; the likelihood decides between equals. */
  CrossedTrials choices() {
    return new CrossedTrials(kinds, solved, likelihood);
  }
}
