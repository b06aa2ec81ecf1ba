package org.seal4j.data.arc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

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
    MessageDigest digest = digest();
    update(digest, "tasks " + tasks.size());
    for (ArcTask task : tasks) {
      update(digest, name("id", task.id()));
      update(digest, name("family", task.family()));
      update(digest, "demonstrations " + task.demonstrations().size());
      task.demonstrations().forEach(pair -> update(digest, line(pair)));
      update(digest, line(task.test()));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String name(String kind, String text) {
    return kind + " " + text.length() + " " + text;
  }

  private static String line(GridPair pair) {
    return pair.input() + " -> " + pair.output();
  }

  private static void update(MessageDigest digest, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
