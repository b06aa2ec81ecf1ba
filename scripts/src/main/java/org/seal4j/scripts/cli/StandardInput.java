package org.seal4j.scripts.cli;

import java.io.IOException;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.TextFile;

/** A text that is piped into a command. */
final class StandardInput {
  /** Most bytes, since standard input may have no end. */
  static final int MOST_BYTES = 16 << 20;

  private StandardInput() {}

  /** All of it, which must be UTF-8. */
  static String read() {
    try {
      byte[] bytes = System.in.readNBytes(MOST_BYTES + 1);
      Checks.require(
          bytes.length <= MOST_BYTES,
          "standard input holds more than %d bytes, which no model reads at once",
          MOST_BYTES);
      return TextFile.decode(bytes, "standard input");
    } catch (IOException e) {
      throw Checks.refuse("cannot read standard input: %s", AtomicFile.reason(e));
    }
  }
}
