package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks that jump: times of files and the time zone change between a run and its resumption. */
@Tag("chaos")
class ClockTest {
  @TempDir Path temp;

  @Test
  void a_run_goes_on_to_the_same_bytes_whatever_the_clock_says() throws IOException {
    Product product = Product.at(temp.resolve("home"));
    Path whole = SmallRuns.grids(product, temp.resolve("whole"));
    TimeZone zone = TimeZone.getDefault();
    try {
      for (String time : List.of("1970-01-01T00:00:01Z", "2107-12-31T23:59:59Z")) {
        Path run = HalfRun.of(whole, temp.resolve("run-" + time.substring(0, 4)), 1);
        setTimes(run, FileTime.from(Instant.parse(time)));
        setTimes(temp.resolve("home"), FileTime.from(Instant.parse(time)));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
        product.run("run", "--resume", run, "--quiet").done();
        assertThat(RunBytes.of(run)).isEqualTo(RunBytes.of(whole));
      }
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  private static void setTimes(Path folder, FileTime time) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, time);
      }
    }
  }
}
