package org.seal4j.data.hub;

import java.io.IOException;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * Tries again what may pass, with growing waits between; a try that got further than the one before
 * begins the count anew.
 *
 * @param pause waits so many milliseconds
 */
record Patience(Pause pause) {
  /** Tries that bring nothing before one gives up. */
  static final int TRIES = 5;

  private static final long FIRST_WAIT_MS = 1_000;
  private static final long LONGEST_WAIT_MS = 60_000;

  /** Waits between two tries. */
  @FunctionalInterface
  interface Pause {
    /** Waits so many milliseconds. */
    void sleep(long milliseconds) throws InterruptedException;
  }

  /** One try. */
  @FunctionalInterface
  interface Attempt<T> {
    /** Does it, or says that it may be tried again. */
    T make() throws BrokenLine;
  }

  /** How far an attempt has come. */
  @FunctionalInterface
  interface Reach {
    /** Bytes so far. */
    long bytes() throws IOException;
  }

  /** Tries until it is done. */
  <T> T untilDone(Attempt<T> attempt, Reach reach) {
    long reached = bytes(reach);
    for (int tries = 1; ; tries++) {
      try {
        return attempt.make();
      } catch (BrokenLine e) {
        long now = bytes(reach);
        if (now > reached) {
          tries = 1;
          reached = now;
        }
        Checks.require(
            tries < TRIES,
            "%s, after %d tries; call again later, it goes on where it stopped",
            e.problem(),
            TRIES);
        await(tries, e);
      }
    }
  }

  private static long bytes(Reach reach) {
    try {
      return reach.bytes();
    } catch (IOException e) {
      return 0; // who writes the file says what is wrong with it
    }
  }

  private void await(int tries, BrokenLine why) {
    long growing = FIRST_WAIT_MS << (tries - 1);
    try {
      pause.sleep(Math.min(LONGEST_WAIT_MS, Math.max(growing, why.waitMs())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("interrupted: " + why.problem(), e);
    }
  }
}
