package org.seal4j.data.document;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.DocumentFiles.Found;

/** Gives files of one name from several folders names that differ. */
final class FileNames {
  private FileNames() {}

  /**
   * The files, those that share their name with another one under a longer name: behind the name of
   * the folder that was given, or else behind its whole path.
   *
   * @throws org.seal4j.data.check.InputException where two still share a name
   */
  static List<Found> distinct(List<Found> files) {
    List<Found> named = renamed(files, FileNames::withFolder);
    named = renamed(named, FileNames::withPath);
    Map<String, Found> known = new HashMap<>();
    for (Found file : named) {
      Found other = known.putIfAbsent(file.name(), file);
      Checks.require(
          other == null,
          "%s and %s have one name, which the ids of their passages begin with; rename one",
          file.path(),
          other == null ? "" : other.path());
    }
    return named;
  }

  private static List<Found> renamed(List<Found> files, Function<Found, String> name) {
    Map<String, Integer> counts = new HashMap<>();
    files.forEach(file -> counts.merge(file.name(), 1, Integer::sum));
    List<Found> named = new ArrayList<>();
    for (Found file : files) {
      boolean shared = counts.getOrDefault(file.name(), 0) > 1;
      named.add(shared ? file.named(name.apply(file)) : file);
    }
    return named;
  }

  private static String withFolder(Found file) {
    Path folder = file.inFolder() ? file.given() : file.given().toAbsolutePath().getParent();
    Path last = folder == null ? null : folder.toAbsolutePath().normalize().getFileName();
    return last == null ? file.name() : DocumentFiles.normal(last) + "/" + file.name();
  }

  private static String withPath(Found file) {
    return DocumentFiles.normal(file.path().normalize());
  }
}
