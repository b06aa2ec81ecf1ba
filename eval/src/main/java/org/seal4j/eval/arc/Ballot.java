package org.seal4j.eval.arc;

import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.Checks;

/**
 * One grid as the vote left it.
 *
 * @param grid what is handed in
 * @param ballots what ranks it: of the groups of {@link Voting}
 * @param votes answers that are this grid
 * @param answers that were asked for, those that are no grid included
 */
public record Ballot(Grid grid, int ballots, int votes, int answers) {
  public Ballot {
    Checks.require(
        votes >= 0 && votes <= answers, "a grid has %d votes of %d answers", votes, answers);
  }

  /** Share of all answers that are this grid, from 0 to 1; 0 where nothing was asked. */
  public double confidence() {
    return answers == 0 ? 0 : (double) votes / answers;
  }
}
