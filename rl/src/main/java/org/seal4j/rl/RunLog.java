package org.seal4j.rl;

import java.util.List;

/**
 * An append-only list of rows that outlives the process. A row counts once {@link #append} has
 * returned.
 */
public interface RunLog<R> {
  /** The rows that were there when the log was opened, in the order of writing. */
  List<R> existing();

  /** Adds a row durably. */
  void append(R row);
}
