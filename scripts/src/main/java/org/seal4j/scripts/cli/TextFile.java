package org.seal4j.scripts.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.seal4j.data.check.Checks;

/** A text in UTF-8 that is read as a whole; a byte order mark at its start is passed over. */
final class TextFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** The most that standard input may hold, in bytes; a pipe may never end. */
  private static final int MOST_PIPED = 64 << 20;

  private TextFile() {}

  static String read(Path file) {
    try {
      Checks.require(!Files.isDirectory(file), "%s is a folder; name a text file", file);
      return decoded(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      throw Checks.refuse("there is no file %s", file);
    } catch (IOException | OutOfMemoryError e) {
      throw Checks.refuse("cannot read %s: %s", file, e);
    }
  }

  static String ofStandardInput() {
    try {
      byte[] bytes = System.in.readNBytes(MOST_PIPED + 1);
      Checks.require(
          bytes.length <= MOST_PIPED,
          "standard input holds more than %d MiB; put the text into a file",
          MOST_PIPED >> 20);
      return decoded(bytes, "standard input");
    } catch (IOException e) {
      throw Checks.refuse("cannot read standard input: %s", e);
    }
  }

  private static String decoded(byte[] bytes, String from) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw Checks.refuse("%s is not UTF-8 text", from);
    }
  }
}
