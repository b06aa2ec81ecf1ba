package org.seal4j.data.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.check.Checks;

/**
 * Writes tasks as ARC JSON, one file per task: what {@link org.seal4j.data.arc.ArcReader} reads
 * back. A task whose family is not its id goes into a folder of that name.
 */
public final class ArcFiles {
  private ArcFiles() {}

  /** The JSON of a task, one pair per line. */
  public static String toJson(ArcTask task) {
    return "{\"train\": %s,\n \"test\": %s}\n"
        .formatted(pairs(task.demonstrations()), pairs(List.of(task.test())));
  }

  /** Writes every task under the folder, which is made if need be; existing files are replaced. */
  public static void write(List<ArcTask> tasks, Path folder) {
    for (ArcTask task : tasks) {
      Path parent = task.family().equals(task.id()) ? folder : folder.resolve(plain(task.family()));
      try {
        Files.createDirectories(parent);
        Files.writeString(parent.resolve(plain(task.id()) + ".json"), toJson(task));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write task " + task.id() + " under " + folder, e);
      }
    }
  }

  private static String plain(String name) {
    Checks.require(
        name.matches("[A-Za-z0-9_+=.-]*[A-Za-z0-9_+=-][A-Za-z0-9_+=.-]*"),
        "task id or family '%s' cannot be a file name; use letters, digits, _ + = . -",
        name);
    return name;
  }

  private static String pairs(List<GridPair> pairs) {
    return pairs.stream().map(ArcFiles::pair).collect(Collectors.joining(",\n   ", "[\n   ", "]"));
  }

  private static String pair(GridPair pair) {
    return "{\"input\": %s, \"output\": %s}".formatted(grid(pair.input()), grid(pair.output()));
  }

  private static String grid(Grid grid) {
    return Arrays.deepToString(grid.rows());
  }
}
