package org.seal4j.rl;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.seal4j.data.check.Checks;

/**
 * A log that is replayed: a resumed run first gets, in order, the rows that an earlier run wrote,
 * and appends from where they end. It can neither skip a row nor write in between.
 */
final class JournalReplay<R> {
  private final RunLog<R> log;
  private final List<R> recorded;
  private int next;

  JournalReplay(RunLog<R> log) {
    this.log = log;
    this.recorded = List.copyOf(log.existing());
  }

  /** The next row of the earlier run, without taking it. */
  Optional<R> peek() {
    return next < recorded.size() ? Optional.of(recorded.get(next)) : Optional.empty();
  }

  /** How many of the next rows of the earlier run, from the first, are of one kind. */
  int countAhead(Predicate<R> kind) {
    int count = 0;
    while (next + count < recorded.size() && kind.test(recorded.get(next + count))) {
      count++;
    }
    return count;
  }

  /** Takes the row that {@link #peek()} showed. */
  void take() {
    next++;
  }

  /** Writes a new row, or checks that an earlier run wrote the same one here. */
  void put(R row) {
    if (next >= recorded.size()) {
      log.append(row);
      return;
    }
    R then = recorded.get(next);
    Checks.require(
        row.equals(then),
        "this run computed %s where the log of the run it continues has %s; the log was written"
            + " with other settings, data or program version: continue with those, or start afresh",
        row,
        then);
    next++;
  }
}
