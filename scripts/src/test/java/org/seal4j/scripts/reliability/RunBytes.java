package org.seal4j.scripts.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.seal4j.data.file.ContentHash;

/** What of a run's folder is the same in every run of its recipe: all but times and places. */
final class RunBytes {
  private static final Set<String> OF_THE_MOMENT =
      Set.of("manifest.json", "timings.json", "report.html", ".lock");

  private RunBytes() {}

  /** The hashes of these files, by their path in the folder. */
  static SortedMap<String, String> of(Path run) {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !OF_THE_MOMENT.contains(file.getFileName().toString()))
          .forEach(file -> hashes.put(run.relativize(file).toString(), ContentHash.ofFile(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hashes;
  }
}
