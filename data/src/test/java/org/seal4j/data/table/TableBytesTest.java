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
  void a_table_has_the_bytes_that_it_has_since_files_carry_proofs() {
    assertThat(
            ArrowTable.write(folder.resolve("t.arrow"), Samples.ALL_TYPES, Samples.random(50, 7))
                .sha256())
        .isEqualTo("5502362a3b480553acb4f6d6a94430a5b51ae058a4c4f51b86d4fdc0d6151bf6");
  }

  @Test
  void a_log_has_the_bytes_that_it_has_since_files_carry_proofs() {
    Path file = folder.resolve("t.arrows");
    try (RowLog log = RowLog.open(file, Samples.ALL_TYPES)) {
      Samples.random(50, 7).forEach(log::append);
    }
    assertThat(RowLog.read(file).sha256())
        .isEqualTo("f4ff098af69def7233eb8408d4e39bc8382c02768580513081bf5bf16c6e855b");
  }
}
