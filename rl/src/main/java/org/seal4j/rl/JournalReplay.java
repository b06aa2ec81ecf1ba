package org.seal4j.rl;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * A log that is replayed: a resumed run first gets, in order, the rows that an earlier run wrote,
 * and appends from where they end. It can neither skip a row nor write in between.
 */
final class JournalReplay<R> {
  private final RunLog<R> log;
  private final Iterator<R> recorded;
  private @Nullable R next;

  JournalReplay(RunLog<R> log) {
    this.log = log;
    this.recorded = List.copyOf(log.existing()).iterator();
    advance();
  }

  /** The next row of the earlier run, without taking it. */
  Optional<R> peek() {
    return Optional.ofNullable(next);
  }

  /** Takes the row that {@link #peek()} showed. */
  void take() {
    advance();
  }

  /** Writes a new row, or checks that an earlier run wrote the same one here. */
  void put(R row) {
    if (next == null) {
      log.append(row);
      return;
    }
    Checks.require(
        row.equals(next),
        "this run computed %s where the log of the run it continues has %s; the log was written"
            + " with other settings, data or program version: continue with those, or start afresh",
        row,
        next);
    advance();
  }

  private void advance() {
    next = recorded.hasNext() ? recorded.next() : null;
  }
}
