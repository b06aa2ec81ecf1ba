package org.seal4j.scripts.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.TextFile;

/**
 * The lines of a conversation, from a terminal or a pipe.
 *
 * @param in where they come from, in UTF-8
 * @param prompts whether a person types them, who is to see when it is his turn
 */
record ChatLines(InputStream in, boolean prompts) {
  /** Most bytes of a line, which may have no end. */
  private static final int MOST_BYTES = 1 << 20;

  /**
   * Hands line by line to a conversation until one of the two ends. A line that is refused is
   * answered with a sentence, and the next one is read.
   *
   * @return how many were refused
   */
  int hand(Conversation talk) {
    int refused = 0;
    boolean open = true;
    while (open) {
      if (prompts) {
        talk.prompt();
      }
      try {
        Optional<String> line = next();
        open = line.isPresent() && talk.hear(line.get());
      } catch (InputException e) {
        talk.refuse(e);
        refused++;
      }
    }
    return refused;
  }

  private Optional<String> next() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int read = in.read();
      if (read < 0) {
        return Optional.empty();
      }
      for (; read >= 0 && read != '\n'; read = in.read()) {
        if (line.size() <= MOST_BYTES) {
          line.write(read);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(AtomicFile.reason(e), e);
    }
    Checks.require(
        line.size() <= MOST_BYTES,
        "a line has more than %d bytes, which no model reads at once",
        MOST_BYTES);
    return Optional.of(TextFile.decode(line.toByteArray(), "the line"));
  }
}
