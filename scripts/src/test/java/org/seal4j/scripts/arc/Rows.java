package org.seal4j.scripts.arc;

import java.util.List;
import java.util.Optional;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.Outcome;

/** Rows of evaluated edits, for tests. */
final class Rows {
  private Rows() {}

  /** A written edit; an empty text is an invalid one. */
  static EditRow of(String phase, String task, int index, String raw, boolean solved) {
    return of(phase, task, "family", index, raw, solved);
  }

  /** The same of a task of this family. */
  static EditRow of(
      String phase, String task, String family, int index, String raw, boolean solved) {
    boolean valid = !raw.isEmpty();
    EditRow.Draft draft =
        new EditRow.Draft(
            raw,
            valid ? Optional.of("{}") : Optional.empty(),
            valid ? Optional.empty() : Optional.of(InvalidReason.WRONG_LENGTH),
            valid ? "" : "too short",
            1,
            -1.0);
    Outcome outcome =
        valid
            ? new Outcome(
                solved ? 1 : 0,
                solved ? 1 : 0,
                0.5,
                Outcome.Training.NONE,
                "123",
                List.of(solved ? "123" : "321"))
            : Outcome.ofInvalidEdit();
    return new EditRow(new EditRow.Key(phase, 0, task, family, index, 7), draft, outcome);
  }
}
