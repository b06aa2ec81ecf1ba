package org.seal4j.scripts.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seal4j.data.check.InputException;
import org.seal4j.eval.report.Fact;
import org.seal4j.scripts.run.RunManifest;

/**
 * Which runs beside this one were examined on the same held-out passages: each look at them makes
 * the next figure less of a confirmation. Only runs whose folders are still there are known.
 */
final class KnownLooks {
  private KnownLooks() {}

  /**
   * The line of the report.
   *
   * @param run folder of this run
   * @param passages SHA-256 of its evaluated passages
   */
  static Fact of(Path run, String passages) {
    List<String> looks = new ArrayList<>();
    for (Path other : beside(run)) {
      look(other, passages).ifPresent(looks::add);
    }
    String known =
        looks.isEmpty()
            ? "no other run in the same folder was examined on them"
            : looks.size() + " other in the same folder: " + String.join("; ", looks);
    return new Fact(
        "looks at the evaluated passages", known + "; runs that were deleted are not known");
  }

  private static List<Path> beside(Path run) {
    Path own = run.toAbsolutePath().normalize();
    Path parent = own.getParent();
    if (parent == null) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(parent)) {
      return folders
          .filter(folder -> !folder.toAbsolutePath().normalize().equals(own))
          .filter(folder -> Files.isRegularFile(folder.resolve(RunManifest.FILE_NAME)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder that is no run of this version is no look that can be known. */
  private static Optional<String> look(Path folder, String passages) {
    try {
      RunManifest manifest = RunManifest.read(folder);
      return passages.equals(manifest.data().get(StudyPlan.EVALUATED))
          ? Optional.of(
              "%s (%s, seed %d)"
                  .formatted(
                      folder.getFileName(), manifest.run().started(), manifest.run().rootSeed()))
          : Optional.empty();
    } catch (InputException e) {
      return Optional.empty();
    }
  }
}
