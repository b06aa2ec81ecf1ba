package org.seal4j.scripts.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import org.junit.jupiter.api.Test;

class OutletTest {
  /** A disk with room for a few bytes. */
  private static final class SmallDisk extends OutputStream {
    private int room = 5;

    @Override
    public void write(int b) throws IOException {
      if (room-- <= 0) {
        throw new IOException("No space left on device");
      }
    }
  }

  @Test
  void what_a_writer_swallows_is_remembered() {
    Outlet outlet = new Outlet(new SmallDisk());
    PrintWriter out = new PrintWriter(outlet, true);
    out.println("four");
    assertThat(outlet.failure()).isEmpty();
    out.println("and more");
    out.println("and more");
    assertThat(outlet.failure()).contains("No space left on device");
  }

  @Test
  void bytes_pass_through_unchanged() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Outlet outlet = new Outlet(bytes)) {
      outlet.write(65);
      outlet.write(new byte[] {66, 67, 68}, 1, 2);
      assertThat(outlet.failure()).isEmpty();
    }
    assertThat(bytes.toByteArray()).containsExactly(65, 67, 68);
  }
}
