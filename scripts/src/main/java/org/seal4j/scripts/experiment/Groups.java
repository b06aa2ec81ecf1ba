package org.seal4j.scripts.experiment;

import java.util.Objects;
import java.util.function.Supplier;
import org.seal4j.data.check.InputException;

/** Checks on groups of a recipe's keys. */
public final class Groups {
  private Groups() {}

  /** What a group of keys makes must exist; a refusal names the group. */
  public static void check(String group, Supplier<?> made) {
    try {
      Objects.requireNonNull(made.get());
    } catch (InputException e) {
      throw new InputException("in '" + group + "': " + e.getMessage(), e);
    }
  }
}
