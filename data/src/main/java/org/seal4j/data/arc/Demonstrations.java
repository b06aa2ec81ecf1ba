package org.seal4j.data.arc;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * What a task shows of itself: its worked pairs, and nothing of what is asked. Test-time training
 * takes this, so that it cannot see the hidden pair.
 *
 * @param id of the task
 * @param family of the task
 * @param pairs at least one worked pair
 */
public record Demonstrations(String id, String family, List<GridPair> pairs) {
  public Demonstrations {
    Checks.require(!pairs.isEmpty(), "task %s has no demonstration pair", id);
    pairs = List.copyOf(pairs);
  }
}
