package org.seal4j.scripts.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What may stand where a file is expected. */
enum StrangeFile {
  /** A pipe that nobody writes to: its reader waits for ever. */
  PIPE,
  /** A link to a device without an end. */
  ENDLESS,
  FOLDER,
  LINK_TO_ITSELF,
  LINK_TO_NOTHING,
  /** A link to a file that is not in the folder. */
  LINK_ELSEWHERE;

  /** Puts it in the place of what is there. */
  Path put(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      switch (this) {
        case PIPE -> makePipe(file);
        case ENDLESS -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
        case FOLDER -> Files.createDirectory(file);
        case LINK_TO_ITSELF -> Files.createSymbolicLink(file, file.getFileName());
        case LINK_TO_NOTHING -> Files.createSymbolicLink(file, Path.of("nothing"));
        case LINK_ELSEWHERE -> Files.createSymbolicLink(file, Path.of("/proc/self/environ"));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void makePipe(Path file) throws IOException {
    try {
      int code = new ProcessBuilder("mkfifo", file.toString()).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IOException("mkfifo ended with " + code);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
