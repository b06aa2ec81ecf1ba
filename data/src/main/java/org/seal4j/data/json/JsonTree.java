package org.seal4j.data.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.RegularFile;

/** The JSON files of a tree of folders. */
public final class JsonTree {
  private JsonTree() {}

  /**
   * The {@code .json} files of a tree, in the order of their paths. The root may be a link. A link
   * to a folder below it is refused, since it may lead anywhere, and back.
   *
   * @throws InputException also where something is named {@code .json} and is no file
   */
  public static List<Path> files(Path root) {
    try {
      Path start = root.toRealPath();
      try (Stream<Path> walk = Files.walk(start)) {
        return walk.skip(1) // the root itself
            .map(found -> root.resolve(start.relativize(found).toString()))
            .filter(JsonTree::isJson)
            .sorted(
                Comparator.comparing(file -> root.relativize(file).toString().replace('\\', '/')))
            .toList();
      }
    } catch (UncheckedIOException e) {
      throw unlisted(root, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unlisted(root, e);
    }
  }

  private static boolean isJson(Path file) {
    Checks.require(
        !Files.isDirectory(file) || !Files.isSymbolicLink(file),
        "%s is a link to a folder, which is not followed; name that folder itself, or copy it",
        file);
    return file.toString().endsWith(".json") && RegularFile.isFile(file);
  }

  private static InputException unlisted(Path root, IOException e) {
    return new InputException("cannot list %s: %s".formatted(root, AtomicFile.reason(e)), e);
  }
}
