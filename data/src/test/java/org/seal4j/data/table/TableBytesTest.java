package org.seal4j.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pins the bytes of both kinds of file, since runs are compared byte by byte and resumed across
 * versions. Made with Arrow 18.3.0.
 */
class TableBytesTest {
  @TempDir Path folder;

  @Test
  void a_table_has_the_bytes_that_it_always_had() {
    assertThat(
            ArrowTable.write(folder.resolve("t.arrow"), Samples.ALL_TYPES, Samples.random(50, 7))
                .sha256())
        .isEqualTo("97273f5a02e81445cb13752e04fdbd05b4ef26ba1c10f8056304a79d88f6b5e1");
  }

  @Test
  void a_log_has_the_bytes_that_it_always_had() {
    Path file = folder.resolve("t.arrows");
    try (RowLog log = RowLog.open(file, Samples.ALL_TYPES)) {
      Samples.random(50, 7).forEach(log::append);
    }
    assertThat(RowLog.read(file).sha256())
        .isEqualTo("b1790aa0e9a9785ae689e9b89f8af3dc4cb667377be4a8a7c0b9355cad5c1f54");
  }
}
