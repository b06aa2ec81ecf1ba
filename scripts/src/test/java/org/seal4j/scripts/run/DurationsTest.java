package org.seal4j.scripts.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurationsTest {
  @TempDir Path cache;

  @Test
  void a_time_is_known_again_for_the_same_configuration_whatever_its_seed() {
    Durations durations = Durations.in(cache);
    assertThat(durations.of("seed: 1\nx: 2\n", 2)).isEmpty();
    durations.keep("seed: 1\nx: 2\n", 2, 12.5);
    assertThat(durations.of("seed: 9\nx: 2\n", 2)).hasValue(12.5);
    assertThat(durations.of("seed: 1\nx: 2\n", 1)).isEmpty();
    assertThat(durations.of("seed: 1\nx: 3\n", 2)).isEmpty();
  }

  @Test
  void a_time_with_one_flipped_bit_is_never_used() throws IOException {
    Durations durations = Durations.in(cache);
    durations.keep("x: 2\n", 2, 12.5);
    Path file;
    try (Stream<Path> files = Files.list(durations.folder())) {
      file = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, changed);
      assertThat(durations.of("x: 2\n", 2)).as("bit %d", bit).isEmpty();
    }
    Files.write(file, whole);
    assertThat(durations.of("x: 2\n", 2)).hasValue(12.5);
    Files.writeString(file, "12.5\n"); // as versions before wrote it
    assertThat(durations.of("x: 2\n", 2)).isEmpty();
  }
}
