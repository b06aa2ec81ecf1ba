package org.seal4j.scripts.adapt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.ProvenJson;
import org.seal4j.rl.teacher.ChatClient;

/**
 * What another model replied about each passage, kept in the run's folder before it is used: a
 * resumed run asks nothing twice, and one that has all replies needs neither the model nor a key.
 */
final class TeacherReplies {
  /** Its name in the folder of a run. */
  static final String FILE = "teacher.json";

  /** Longest reply that is kept, in characters; what is behind it is cut off. */
  static final int LONGEST = 1 << 16;

  private final Path file;
  private final String run;
  private final TeacherKeys keys;
  private final Map<String, List<String>> replies = new LinkedHashMap<>();
  private boolean complete;
  private @Nullable ChatClient client;

  /**
   * The file.
   *
   * @param complete whether nothing more is asked
   * @param replies in their order, by the id of the passage
   * @param run identity of the run
   */
  private record Stored(
      boolean complete, Map<String, List<String>> replies, @Nullable String run) {}

  /**
   * Reads what the folder of a run has.
   *
   * @param identity of the run
   */
  TeacherReplies(Path folder, String identity, TeacherKeys keys) {
    file = folder.resolve(FILE);
    run = identity;
    this.keys = keys;
    if (Files.exists(file)) {
      Stored stored = ProvenJson.read(file, Stored.class);
      Checks.require(
          identity.equals(stored.run),
          "%s holds the replies of another run; restore it from a copy, or delete it, and the model"
              + " is asked again",
          file);
      stored.replies.forEach((passage, texts) -> replies.put(passage, new ArrayList<>(texts)));
      complete = stored.complete;
    }
  }

  /** Whether the run in this folder asks nothing more. */
  static boolean complete(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.exists(file) && ProvenJson.read(file, Stored.class).complete;
  }

  /**
   * A reply: the kept one, or one that is asked for now.
   *
   * @param passage its id
   * @param round from 1
   */
  String to(String passage, int round, String message) {
    List<String> known = replies.computeIfAbsent(passage, id -> new ArrayList<>());
    if (known.size() < round) {
      String reply = client().ask(message, keys.sampling());
      known.add(cut(reply));
      write();
    }
    return known.get(round - 1);
  }

  /** Notes that nothing more is asked. */
  void close() {
    if (!complete && !replies.isEmpty()) {
      complete = true;
      write();
    }
  }

  private static String cut(String reply) {
    int end = Math.min(LONGEST, reply.length());
    boolean half =
        end > 0 && end < reply.length() && Character.isHighSurrogate(reply.charAt(end - 1));
    return reply.substring(0, half ? end - 1 : end);
  }

  private void write() {
    ProvenJson.write(file, new Stored(complete, replies, run));
  }

  /** Opened when the model is first asked. */
  private ChatClient client() {
    ChatClient open = client == null ? ChatClient.open(keys.endpoint()) : client;
    client = open;
    return open;
  }
}
