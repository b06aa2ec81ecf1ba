package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.scripts.launch.LaunchFlags;

/** Processes that are killed at random moments, and two that want the same folder. */
@Tag("chaos")
@Timeout(7200)
class KillTest {
  @TempDir static Path temp;
  private static SortedMap<String, String> undisturbed;
  private static Product product;
  private static long milliseconds;

  @BeforeAll
  static void run_once_without_disturbance() throws Exception {
    product = Product.at(temp.resolve("home"));
    Path whole = temp.resolve("whole");
    long start = System.nanoTime();
    Process process = start("first-home", SmallRuns.grids(whole, "--quiet", "--workers=1"));
    assertThat(process.waitFor()).isZero();
    milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    undisturbed = RunBytes.of(whole);
  }

  @Test
  void a_run_killed_at_a_random_moment_goes_on_to_the_same_bytes() throws Exception {
    SplittableRandom random = new SplittableRandom(TestSeeds.value("KillTest", 21));
    int kills = Sizes.of("kills", 2);
    List<String> wrong = new ArrayList<>();
    int early = 0;
    for (int i = 0; i < kills; i++) {
      Path run = temp.resolve("kill-" + i);
      long after = (long) ((i + random.nextDouble()) / kills * milliseconds);
      Process process = start("home-" + i, SmallRuns.grids(run, "--quiet", "--workers=1"));
      boolean ended = process.waitFor(after, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      early += Files.exists(run.resolve("effective.yaml")) ? 0 : 1;
      String said = goOn(run);
      boolean same = said.isEmpty() && RunBytes.of(run).equals(undisturbed);
      String line = "kill %d after %d ms%s: ".formatted(i, after, ended ? " (had ended)" : "");
      System.out.println(line + (same ? "same bytes" : "WRONG " + said));
      if (!same) {
        wrong.add(line + said);
      }
    }
    System.out.printf("%d kills, %d before there was a run to resume%n", kills, early);
    assertThat(wrong).isEmpty();
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
