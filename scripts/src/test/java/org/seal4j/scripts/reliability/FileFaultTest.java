package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.scripts.launch.LaunchFlags;

/** Operations on files go wrong in every way; {@link FileFaults} says how. */
@Tag("chaos")
@Timeout(7200)
class FileFaultTest {
  @TempDir Path temp;

  @Test
  void a_run_whose_file_operation_failed_goes_on_to_the_same_bytes() {
    long seed = TestSeeds.value("FileFaultTest", 11);
    int only = Integer.getInteger("seal.chaos.operation", 0);
    int trials = only == 0 ? Sizes.of("operations", 6) : 0;
    Product.Said said =
        new ChildSeal(temp)
            .script(
                "env OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 '%s' %s -D%s=%s -cp '%s' %s '%s' %d %d %d"
                    .formatted(
                        ChildSeal.jvm(),
                        String.join(" ", LaunchFlags.forThisJava().jvm()),
                        "java.nio.file.spi.DefaultFileSystemProvider",
                        TrippingFileSystems.class.getName(),
                        ChildSeal.classPath(),
                        FileFaults.class.getName(),
                        temp.resolve("trials"),
                        seed,
                        trials,
                        only));
    System.out.print(said.out());
    assertThat(said.exitCode()).as(said.text()).isZero();
    assertThat(said.out().lines().filter(line -> line.startsWith("ok "))).hasSizeGreaterThan(0);
  }
}
