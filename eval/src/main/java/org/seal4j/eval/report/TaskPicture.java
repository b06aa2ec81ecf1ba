package org.seal4j.eval.report;

import java.util.List;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;

/**
 * A task with what each condition made of it.
 *
 * @param task demonstrations, hidden input and the expected grid
 * @param produced one entry per condition shown
 */
public record TaskPicture(ArcTask task, List<Produced> produced) {
  public TaskPicture {
    produced = List.copyOf(produced);
  }

  /**
   * The attempts of one condition.
   *
   * @param condition name of the condition
   * @param note how it came about, for example the self-edit; may be empty
   * @param attempts grids handed in, best first
   */
  public record Produced(String condition, String note, List<Grid> attempts) {
    public Produced {
      attempts = List.copyOf(attempts);
    }
  }
}
