package org.seal4j.eval.arc;

import java.util.List;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.Checks;

/**
 * The verdict on one test grid, that is on one (task, edit) pair.
 *
 * <p>Differs from SEAL: a source task with several test grids is several tasks here, see {@link
 * org.seal4j.data.arc.ArcTask}; the reference asks for all of them at once.
 *
 * @param exact the answer to the first prompt (the plain one, no voting) equals the truth
 * @param pass1 the first voted attempt equals the truth
 * @param pass2 one of the two voted attempts equals the truth; SEAL's few-shot reward
 * @param attempts what was handed in, best first
 * @param decodable share of the answers that were grids, in [0, 1]
 */
public record GridGrade(
    boolean exact, boolean pass1, boolean pass2, List<Grid> attempts, double decodable) {
  public GridGrade {
    Checks.require(
        (!pass1 || pass2) && !attempts.isEmpty() && attempts.size() <= Voting.ATTEMPTS,
        "a grade needs 1 or 2 attempts, and pass@1 implies pass@2; got %d attempts, %s, %s",
        attempts.size(),
        pass1,
        pass2);
    attempts = List.copyOf(attempts);
  }

  /**
   * Votes and compares with the truth.
   *
   * @param candidates answers in prompt order, the plain prompt first; at least one
   */
  public static GridGrade of(List<Candidate> candidates, Grid truth) {
    Checks.require(!candidates.isEmpty(), "a grade needs the answer to at least one prompt");
    List<Grid> attempts = Voting.attempts(candidates);
    boolean exact = candidates.get(0).grid().filter(truth::equals).isPresent();
    long decoded = candidates.stream().filter(c -> c.grid().isPresent()).count();
    return new GridGrade(
        exact,
        attempts.get(0).equals(truth),
        attempts.contains(truth),
        attempts,
        (double) decoded / candidates.size());
  }
}
