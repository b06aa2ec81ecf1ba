package org.seal4j.rl;

import java.util.Optional;

/**
 * A self-edit as the policy wrote it, after bounded resampling.
 *
 * @param raw the last answer, exactly as written
 * @param parsed what it means
 * @param logProbability of that answer under the sampling policy
 * @param attempts samples drawn for it, at least 1; all but the last were invalid
 */
public record Proposal<E extends SelfEdit>(
    String raw, ParsedEdit<E> parsed, double logProbability, int attempts) {

  /** The edit, if it is well-formed. */
  public Optional<E> edit() {
    return parsed instanceof ParsedEdit.Valid<E> valid
        ? Optional.of(valid.edit())
        : Optional.empty();
  }

  /** Whether it can be evaluated and trained on. */
  public boolean isValid() {
    return parsed instanceof ParsedEdit.Valid;
  }
}
