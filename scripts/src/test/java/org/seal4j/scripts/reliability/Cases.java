package org.seal4j.scripts.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.seal4j.scripts.Repository;

/** The collected cases beside the checkout, and copies of their files that tests may change. */
final class Cases {
  private static final Path SHARED = Repository.root().resolveSibling("shared");

  private Cases() {}

  /** {@code ../shared/cases}, or the test is skipped. */
  static Path orSkip() {
    Path cases = SHARED.resolve("cases");
    Assumptions.assumeTrue(Files.isDirectory(cases), "the cases ../shared/cases are not here");
    return cases;
  }

  /** A file or folder of {@code ../shared/data}, or the test is skipped. */
  static Path data(String path) {
    Path found = SHARED.resolve("data").resolve(path);
    Assumptions.assumeTrue(
        Files.exists(found), "real data ../shared/data/" + path + " is not here");
    return found;
  }

  /** The small trained model that most cases use. */
  static Path model() {
    return data("weights/tinystories-656k");
  }

  /** Copies a folder with all below it; files can be written to afterwards. */
  static Path copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          write(target, Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to;
  }

  /** A copy of the small model with this file in place of its own of that name. */
  static Path modelWith(Path file, String name, Path to) {
    copy(model(), to);
    return copyFile(file, to.resolve(name));
  }

  static Path copyFile(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.deleteIfExists(to);
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
      return to.getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, String content) {
    return write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
