package org.seal4j.rl.grid;

import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.OpenTask;
import org.seal4j.eval.arc.Ballot;
import org.seal4j.rl.Outcome;

/**
 * A task with the attempts at its test grids.
 *
 * @param planned the task and what the policy wrote for it
 * @param trainings what the training by each self-edit did
 * @param grids one for each test grid, in order
 */
public record SolvedTask(
    PlannedTask planned, List<Outcome.Training> trainings, List<SolvedGrid> grids) {
  public SolvedTask {
    trainings = List.copyOf(trainings);
    grids = List.copyOf(grids);
  }

  /**
   * The attempts at one test grid.
   *
   * @param test the grid, with its truth where that is known
   * @param attempts the best first; none where the grid could not be asked for, or no answer was a
   *     grid
   * @param notGrids answers that were no grid
   * @param reason why there is no attempt; empty where there is one
   */
  public record SolvedGrid(
      OpenTask.TestGrid test, List<Ballot> attempts, int notGrids, Optional<String> reason) {
    public SolvedGrid {
      attempts = List.copyOf(attempts);
    }

    /** Whether the model was asked for it, whatever it answered. */
    public boolean asked() {
      return reason.isEmpty() || notGrids > 0;
    }

    /** Whether an attempt is right, where that is known. */
    public Optional<Boolean> solved() {
      return test.truth().map(this::holds);
    }

    private boolean holds(Grid truth) {
      return attempts.stream().anyMatch(attempt -> attempt.grid().equals(truth));
    }
  }

  /** The task itself. */
  public OpenTask task() {
    return planned.task();
  }
}
