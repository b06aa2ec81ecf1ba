package org.seal4j.scripts.launch;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream of the process that remembers why it could not be written. Java's own {@code System.out}
 * drops that, so that a full disk or a closed pipe would pass for success.
 */
public final class Outlet extends FilterOutputStream {
  private @Nullable IOException failure;

  public Outlet(OutputStream out) {
    super(out);
  }

  /** Why something is missing in the output; empty when all of it was written. */
  public synchronized Optional<String> failure() {
    return Optional.ofNullable(failure)
        .map(e -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      keep(e);
      throw e;
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      keep(e);
      throw e;
    }
  }

  private void keep(IOException e) {
    if (failure == null) {
      failure = e;
    }
  }
}
