package org.seal4j.data.arc;

import java.util.List;
import org.seal4j.data.file.ContentHash;

/**
 * The content hash of a list of tasks, for manifests: equal exactly where ids, families, grids and
 * order are equal, whatever file or generator they came from.
 */
public final class TaskHash {
  private TaskHash() {}

  /**
   * SHA-256 in lower-case hex of the canonical form: for each task its id, family, demonstrations
   * and hidden pair as lines; names and counts are preceded by their lengths, so no two lists share
   * a form.
   */
  public static String sha256(List<ArcTask> tasks) {
    StringBuilder form = new StringBuilder("tasks " + tasks.size() + "\n");
    for (ArcTask task : tasks) {
      form.append(name("id", task.id())).append(name("family", task.family()));
      form.append("demonstrations ").append(task.demonstrations().size()).append('\n');
      task.demonstrations().forEach(pair -> form.append(line(pair)));
      form.append(line(task.test()));
    }
    return ContentHash.ofText(form.toString());
  }

  private static String name(String kind, String text) {
    return kind + " " + text.length() + " " + text + "\n";
  }

  private static String line(GridPair pair) {
    return pair.input() + " -> " + pair.output() + "\n";
  }
}
