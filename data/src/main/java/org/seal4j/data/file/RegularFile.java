package org.seal4j.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * Files of bytes with an end. A pipe makes its reader wait until somebody writes, a device may have
 * no end; neither is read, wherever it stands.
 */
public final class RegularFile {
  /** What an array can hold. */
  private static final long LONGEST = Integer.MAX_VALUE - 8;

  private RegularFile() {}

  /**
   * The same path; a folder, a pipe, a socket and a device are refused. A path where nothing is
   * passes: who reads it says what is missing.
   *
   * @throws InputException in one sentence that says what it is
   */
  public static Path require(Path file) {
    Checks.require(!Files.isDirectory(file), "%s is a folder; expected a file", file);
    Checks.require(
        Files.isRegularFile(file) || !Files.exists(file),
        "cannot read %s: it is no regular file but a pipe, a socket or a device",
        file);
    return file;
  }

  /**
   * Whether a name that stands in a folder leads to a file; a folder does not.
   *
   * @throws InputException where it leads to neither, so that nothing is passed over in silence
   */
  public static boolean isFile(Path found) {
    if (Files.isDirectory(found)) {
      return false;
    }
    Checks.require(
        Files.exists(require(found)),
        "%s is a link to nothing, or to itself; remove or mend it",
        found);
    return true;
  }

  /** All bytes of a file that may have as many as an array can hold. */
  public static byte[] bytes(Path file) {
    return bytes(file, LONGEST);
  }

  /**
   * All bytes of a file.
   *
   * @param most bytes
   * @throws InputException where it is missing, longer, or no regular file
   */
  public static byte[] bytes(Path file, long most) {
    try {
      long size = Files.size(require(file));
      Checks.require(
          size <= most, "%s has %d bytes; a file of this kind has at most %d", file, size, most);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
  }
}
