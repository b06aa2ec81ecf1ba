package org.seal4j.eval.arc;

import java.util.Optional;
import org.seal4j.data.arc.Grid;

/**
 * One answer to one augmented prompt, turned back to the orientation of the task.
 *
 * @param category the transform of the prompt: {@code "identity"}, {@code "transpose"}, ...
 * @param grid the decoded answer after the inverse transform; empty where the text was no grid
 */
public record Candidate(String category, Optional<Grid> grid) {

  /** An answer that decoded to a grid. */
  public static Candidate of(String category, Grid grid) {
    return new Candidate(category, Optional.of(grid));
  }

  /** An answer that is no grid; it has no vote. */
  public static Candidate undecodable(String category) {
    return new Candidate(category, Optional.empty());
  }
}
