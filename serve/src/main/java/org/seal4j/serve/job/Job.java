package org.seal4j.serve.job;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.seal4j.serve.access.Caller;

/**
 * Something that takes its time.
 *
 * @param id of the request that it answers
 * @param kind what it is
 * @param model that it is about: the one that answers, or the name that is loaded
 * @param caller for whom
 * @param began nanoseconds by the clock that only runs forward
 * @param tokens written so far
 * @param ends ends it; empty where it cannot be ended
 */
public record Job(
    String id,
    Kind kind,
    String model,
    Caller caller,
    long began,
    IntSupplier tokens,
    Optional<Runnable> ends) {
  /** What it is. */
  public enum Kind {
    /** An answer that waits for its turn, reads its prompt or is written. */
    ANSWER,
    /** An adapter that is read, proved and stored. */
    LOAD
  }
}
