package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.testing.TestSeeds;

/**
 * Spoiled files of every kind: each is taken, or refused with one sentence; nothing else comes out,
 * and none takes more than {@value #MOST_SECONDS} seconds of a processor. One input is repeated by
 * {@code -Dseal.chaos.input=<kind>:<number>} and the same seed.
 */
@Tag("chaos")
@Tag("slow")
@Timeout(7200)
class FuzzTest {
  private static final int MOST_SECONDS = 5;
  private static final int MOST_WAIT = 120;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @TempDir Path temp;

  private final List<String> wrong = new ArrayList<>();
  private final TreeMap<String, int[]> counts = new TreeMap<>();
  private double slowest;
  private ExecutorService worker = Executors.newSingleThreadExecutor(FuzzTest::daemon);

  @Test
  void a_spoiled_file_is_read_or_refused_with_one_sentence() throws Exception {
    long seed = TestSeeds.value("FuzzTest", 51);
    int inputs = Sizes.of("fuzz", 300);
    String only = System.getProperty("seal.chaos.input", "");
    List<FuzzTargets.Target> targets = FuzzTargets.in(temp);
    for (int i = 0; i < inputs; i++) {
      FuzzTargets.Target target = targets.get(i % targets.size());
      if (only.isEmpty() || only.equals(target.name() + ":" + i)) {
        tryOne(target, i, seed);
      }
    }
    counts.forEach(
        (name, n) -> System.out.printf("%-28s %5d read, %5d refused%n", name, n[0], n[1]));
    System.out.printf(
        "%d inputs, %d wrong, slowest %.2f s of processor time%n", inputs, wrong.size(), slowest);
    assertThat(wrong).isEmpty();
  }

  /** What came out, and the seconds of a processor it took. */
  private record Outcome(boolean refused, double seconds) {}

  private void tryOne(FuzzTargets.Target target, int i, long seed) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + i);
    byte[] whole = target.whole().get(random.nextInt(target.whole().size()));
    byte[] spoiled = new Mutation(random, target.words()).of(whole);
    Future<Outcome> result = worker.submit(() -> outcome(target, spoiled));
    String name = target.name() + ":" + i;
    try {
      Outcome outcome = result.get(MOST_WAIT, TimeUnit.SECONDS);
      slowest = Math.max(slowest, outcome.seconds);
      counts.computeIfAbsent(target.name(), key -> new int[2])[outcome.refused ? 1 : 0]++;
      if (outcome.seconds > MOST_SECONDS) {
        note(name, "took %.1f s".formatted(outcome.seconds));
      }
    } catch (ExecutionException e) {
      note(name, described(e.getCause()));
    } catch (TimeoutException e) {
      note(name, "no end after " + MOST_WAIT + " s");
      worker = Executors.newSingleThreadExecutor(FuzzTest::daemon);
    }
  }

  private static Outcome outcome(FuzzTargets.Target target, byte[] spoiled) throws Exception {
    long start = THREADS.getCurrentThreadCpuTime();
    boolean refused = false;
    try {
      target.reader().read(spoiled);
    } catch (InputException e) {
      Product.requireSentence(String.valueOf(e.getMessage()));
      refused = true;
    }
    return new Outcome(refused, (THREADS.getCurrentThreadCpuTime() - start) * 1e-9);
  }

  private void note(String name, String what) {
    String line = name + ": " + what;
    System.out.println("WRONG " + line);
    wrong.add(line);
  }

  private static String described(Throwable e) {
    StackTraceElement[] frames = e.getStackTrace();
    String where = "";
    for (StackTraceElement frame : frames) {
      if (frame.getClassName().startsWith("org.seal4j") && where.isEmpty()) {
        where = " at " + frame;
      }
    }
    String text = String.valueOf(e).replace('\n', ' ');
    return text.substring(0, Math.min(400, text.length())) + where;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(null, task, "fuzz", 0);
    thread.setDaemon(true);
    return thread;
  }
}
