package org.seal4j.data.testing;

import org.seal4j.data.seed.Seeds;

/** The seeds of tests that draw random numbers: printed, so that a failure can be replayed. */
public final class TestSeeds {
  private TestSeeds() {}

  /** {@code -Dseal.test.seed=...}, or the test's own number. */
  public static long value(String test, long own) {
    long seed = Long.getLong("seal.test.seed", own);
    System.out.println(test + " with -Dseal.test.seed=" + seed);
    return seed;
  }

  /** The child of that seed which has the name of the test. */
  public static Seeds of(String test, long own) {
    return Seeds.of(value(test, own)).child(test);
  }
}
