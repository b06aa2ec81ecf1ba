package org.seal4j.data.hub;

import java.io.IOException;

/** Something that may pass: a busy hub, a line that broke or fell silent. */
final class BrokenLine extends IOException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final int status;
  private final long waitMs;

  /** A line that broke. */
  BrokenLine(String problem) {
    this(problem, 0, 0);
  }

  /**
   * An answer that is none yet.
   *
   * @param waitMs how long the hub asks to wait, 0 where it does not say
   */
  BrokenLine(String problem, int status, long waitMs) {
    super(problem);
    this.problem = problem;
    this.status = status;
    this.waitMs = waitMs;
  }

  /** What happened, as the beginning of a sentence. */
  String problem() {
    return problem;
  }

  int status() {
    return status;
  }

  long waitMs() {
    return waitMs;
  }
}
