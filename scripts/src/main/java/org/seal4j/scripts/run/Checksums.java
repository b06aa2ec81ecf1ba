package org.seal4j.scripts.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.ContentHash;

/**
 * The content hashes of a run's tables and logs in one file, {@value #FILE_NAME}, as {@code
 * sha256sum -c} reads it. Two runs of one recipe have the same file.
 */
public final class Checksums {
  /** The name of the file in a run folder. */
  public static final String FILE_NAME = "SHA256SUMS";

  private Checksums() {}

  /** Hashes every Arrow file of the folder and of those in it, in the order of paths. */
  public static void write(Path folder) {
    StringBuilder text = new StringBuilder();
    for (Path file : arrowFiles(folder)) {
      String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
      text.append(ContentHash.ofFile(file)).append("  ").append(name).append('\n');
    }
    AtomicFile.writeText(folder.resolve(FILE_NAME), text.toString());
  }

  private static List<Path> arrowFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".arrow") || file.toString().endsWith(".arrows"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
