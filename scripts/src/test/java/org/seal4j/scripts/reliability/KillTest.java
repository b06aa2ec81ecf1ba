package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.scripts.launch.LaunchFlags;

/**
 * Processes that are killed at random moments, and two that want the same folder. Moments are
 * counted in processor time, which a busy machine stretches little.
 */
@Tag("chaos")
@Timeout(7200)
class KillTest {
  private static final int POLL_MILLISECONDS = 10;

  /** Multiples of the golden ratio, without their whole parts, are spread evenly however many. */
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  @TempDir static Path temp;
  private static SortedMap<String, String> undisturbed;
  private static Product product;

  /** Processor time until the undisturbed run had a folder, and until its end, in nanoseconds. */
  private static long begun;

  private static long ended;

  @BeforeAll
  static void run_once_without_disturbance() throws Exception {
    product = Product.at(temp.resolve("home"));
    Path run = temp.resolve("whole");
    Process process = start("first-home", SmallRuns.grids(run, "--quiet", "--workers=1"));
    while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
      ended = Math.max(ended, used(process).orElse(0L));
      begun = Files.exists(run.resolve("effective.yaml")) ? begun : ended;
    }
    assertThat(process.exitValue()).isZero();
    undisturbed = RunBytes.of(run);
  }

  @Test
  void a_run_killed_at_a_random_moment_goes_on_to_the_same_bytes() throws Exception {
    SplittableRandom random = new SplittableRandom(TestSeeds.value("KillTest", 21));
    double first = random.nextDouble();
    int kills = Sizes.of("kills", 2);
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> where = new TreeMap<>();
    for (int i = 0; i < kills; i++) {
      Path run = temp.resolve("kill-" + i);
      double share = (first + i * GOLDEN) % 1;
      Process process = start("home-" + i, SmallRuns.grids(run, "--quiet", "--workers=1"));
      killAfter(process, begun + (long) ((ended - begun) * share));
      String moment = moment(run);
      where.merge(moment, 1, Integer::sum);
      String said = goOn(run);
      boolean same = said.isEmpty() && RunBytes.of(run).equals(undisturbed);
      String line = "kill %d at %.0f %% of the run, %s: ".formatted(i, 100 * share, moment);
      System.out.println(line + (same ? "same bytes" : "WRONG " + said));
      if (!same) {
        wrong.add(line + said);
      }
    }
    System.out.println(kills + " kills: " + where);
    assertThat(wrong).isEmpty();
  }

  /** Waits until the process has used this much of a processor, and ends it without a word. */
  private static void killAfter(Process process, long nanoseconds) throws InterruptedException {
    while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)
        && used(process).orElse(Long.MAX_VALUE) < nanoseconds) {}
    process.destroyForcibly().waitFor();
  }

  /** Processor time so far; nothing once the process has ended. */
  private static Optional<Long> used(Process process) {
    return process.info().totalCpuDuration().map(Duration::toNanos);
  }

  /** How far the run had come, by what is in its folder. */
  private static String moment(Path run) {
    if (!Files.exists(run.resolve("effective.yaml"))) {
      return "before the run";
    }
    return Files.exists(run.resolve("SHA256SUMS")) ? "after its last file" : "in the run";
  }

  @Test
  void a_second_process_is_refused_in_one_sentence_and_harms_nothing() throws Exception {
    Path run = temp.resolve("shared");
    Process first = start("shared-home", SmallRuns.grids(run, "--quiet", "--workers=1"));
    while (first.isAlive() && !Files.exists(run.resolve("manifest.json"))) {
      Thread.sleep(20);
    }
    product.run("run", "--resume", run, "--quiet").refused("another process");
    product.run(SmallRuns.grids(run, "--quiet").toArray()).refused(run.toString());
    assertThat(first.waitFor()).isZero();
    assertThat(RunBytes.of(run)).isEqualTo(undisturbed);
  }

  /** Where there is a run it is resumed, else begun again; says what went wrong. */
  private static String goOn(Path run) {
    Product.Said said =
        Files.exists(run.resolve("effective.yaml"))
            ? product.run("run", "--resume", run, "--quiet", "--workers=1")
            : product.run(SmallRuns.grids(run, "--quiet", "--workers=1").toArray());
    return said.exitCode() == 0 ? "" : said.text();
  }

  private static Process start(String home, List<Object> line) throws IOException {
    List<String> command = new ArrayList<>(List.of(ChildSeal.jvm()));
    command.addAll(LaunchFlags.forThisJava().jvm());
    command.addAll(List.of("-cp", ChildSeal.classPath(), ChildProgram.class.getName()));
    command.add(temp.resolve(home).toString());
    line.forEach(word -> command.add(word.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(LaunchFlags.forThisJava().environment());
    builder.redirectErrorStream(true).redirectOutput(temp.resolve("child.log").toFile());
    return builder.start();
  }
}
