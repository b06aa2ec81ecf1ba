package org.seal4j.data.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/**
 * Many damaged inputs, each of which is read or refused in one short line that names its folder,
 * within {@value #MOST_SECONDS} seconds of CPU time; the number of them is {@code seal.chaos.fuzz}.
 */
public final class FuzzTrial {
  private static final int MOST_SECONDS = 5;
  private static final int LONGEST_MESSAGE = 2000;

  private FuzzTrial() {}

  /** Makes an input and reads it. */
  @FunctionalInterface
  public interface Trial {
    /** Reads the damaged input that follows from this randomness. */
    void run(Rng rng) throws Exception;
  }

  /**
   * Tries so many inputs, or as many as {@code seal.chaos.fuzz} says.
   *
   * @param name of the inputs, part of their seed
   * @param source what every refusal must name
   * @return how many were read, and how many refused
   */
  public static Map<String, Integer> run(String name, String source, int cases, Trial trial) {
    long seed = TestSeeds.value("fuzz", 20261126L);
    ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int i = 0; i < Integer.getInteger("seal.chaos.fuzz", cases); i++) {
      String what = "case " + i + " of " + name + " with seed " + seed;
      long start = cpu.getCurrentThreadCpuTime();
      String outcome = "read";
      try {
        trial.run(Seeds.of(seed).child(name, i).rng());
      } catch (InputException e) {
        outcome = "refused";
        assertThat(e.getMessage())
            .as(what)
            .contains(source)
            .hasSizeLessThan(LONGEST_MESSAGE)
            .hasLineCount(1);
      } catch (Exception | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError(what, e);
      }
      outcomes.merge(outcome, 1, Integer::sum);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(cpu.getCurrentThreadCpuTime() - start);
      assertThat(seconds).as(what).isLessThan(MOST_SECONDS);
    }
    System.out.println(name + ": " + outcomes);
    return outcomes;
  }
}
