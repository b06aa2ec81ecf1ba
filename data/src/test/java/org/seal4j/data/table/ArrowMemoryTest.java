package org.seal4j.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

class ArrowMemoryTest {

  @Test
  void a_held_buffer_fails_the_close() {
    BufferAllocator memory = ArrowMemory.open();
    assertThat(memory.buffer(64).capacity()).isEqualTo(64);
    assertThatThrownBy(memory::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leaked");
  }

  @Test
  void encoding_rows_holds_no_more_memory_after_a_thousand_rows_than_after_one() {
    try (RowEncoder encoder = new RowEncoder(Samples.SMALL)) {
      encoder.encode(Samples.small(1));
      long afterOne = encoder.heldBytes();
      for (int i = 0; i < 1000; i++) {
        encoder.encode(Samples.small(1));
      }
      assertThat(encoder.heldBytes()).isEqualTo(afterOne);
    }
  }

  @Test
  void a_jvm_without_the_flag_gets_our_sentence() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutFlag.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output)
        .contains("Arrow tables need the JVM flag --add-opens=java.base/java.nio=ALL-UNNAMED")
        .contains("scripts/seal");
    assertThat(jvm.exitValue()).isEqualTo(3);
  }

  /** Opens a log and exits with 3 when it is refused as it should be. */
  static final class WithoutFlag {
    public static void main(String[] args) throws IOException {
      try {
        RowLog.open(Path.of("never-made.arrows"), Samples.SMALL).close();
      } catch (InputException e) {
        System.err.println(e.getMessage());
        System.exit(3);
      }
    }
  }
}
