package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.scripts.launch.LaunchFlags;

/**
 * Disks that are full: a small one in memory, mounted in a name space of its own where the system
 * lets users do so, and {@code /dev/full}.
 */
@Tag("chaos")
@Timeout(3600)
class FullDiskTest {
  @TempDir Path temp;

  @Test
  void a_run_on_a_full_disk_says_so_and_goes_on_when_there_is_room() {
    assumeTrue(
        new ChildSeal(temp.resolve("try")).script("unshare -rm true").exitCode() == 0,
        "this system lets users make no name spaces (unshare -rm)");
    SplittableRandom random = new SplittableRandom(TestSeeds.value("FullDiskTest", 31));
    Path whole = temp.resolve("whole");
    Product.at(temp.resolve("home")).run(SmallRuns.grids(whole, "--quiet").toArray()).done();
    int disks = Sizes.of("disks", 1);
    for (int i = 0; i < disks; i++) {
      int kilobytes = 8 + random.nextInt(400);
      System.out.println("a disk of " + kilobytes + " kB");
      Path folder = temp.resolve("disk-" + i);
      Product.Said said = new ChildSeal(folder).script(onSmallDisk(folder, kilobytes));
      assertThat(said.exitCode()).as(said.text()).isZero();
      String first = Cases.read(folder.resolve("first.err"));
      if (!first.isBlank()) {
        Product.requireSentence(first.strip(), "No space left");
      }
      assertThat(RunBytes.of(folder.resolve("kept"))).isEqualTo(RunBytes.of(whole));
    }
  }

  /**
   * Runs on a disk that others fill up to this size once the run has begun, makes room again, goes
   * on, and keeps what came out. (A disk that is too small from the start is refused beforehand.)
   */
  private String onSmallDisk(Path folder, int kilobytes) {
    Path disk = folder.resolve("disk");
    Path run = disk.resolve("run");
    Path script =
        Cases.write(
            folder.resolve("inside.sh"),
            """
            set -e
            mkdir -p '%1$s'
            mount -t tmpfs -o size=100m tmpfs '%1$s'
            code=0
            %3$s 2>'%4$s/first.raw' & run=$!
            while kill -0 $run 2>'%4$s/none' && [ ! -e '%5$s/effective.yaml' ]; do sleep 0.1; done
            free=$(df -k --output=avail '%1$s' | tail -1)
            head -c $(( (free - %2$d) * 1024 )) /dev/zero >'%1$s/others' || true
            wait $run || code=$?
            grep -v 'WARNING: Using incubator' '%4$s/first.raw' >'%4$s/first.err' || true
            rm '%1$s/others'
            if [ $code != 0 ]; then
              if [ -e '%5$s/effective.yaml' ]; then %6$s; else rm -rf '%5$s'; %3$s; fi
            fi
            cp -r '%5$s' '%4$s/kept'
            """
                .formatted(
                    disk,
                    kilobytes,
                    product(SmallRuns.grids(run, "--quiet", "--workers=1").toArray()),
                    folder,
                    run,
                    product("run", "--resume", run, "--quiet", "--workers=1")));
    return "unshare -rm bash '" + script + "'";
  }

  private String product(Object... line) {
    String words =
        Arrays.stream(line).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    return "env OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 '%s' %s -cp '%s' %s '%s' %s"
        .formatted(
            ChildSeal.jvm(),
            String.join(" ", LaunchFlags.forThisJava().jvm()),
            ChildSeal.classPath(),
            ChildProgram.class.getName(),
            temp.resolve("home"),
            words);
  }

  @Test
  void output_that_cannot_be_written_ends_the_command_with_one_sentence() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
    Product.Said said =
        new ChildSeal(temp.resolve("full")).java("LC_ALL=C.UTF-8", "recipes list >/dev/full");
    assertThat(said.exitCode()).as(said.text()).isNotZero();
    Product.requireSentence(said.err().strip());
  }
}
