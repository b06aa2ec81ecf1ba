package org.seal4j.data.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A repository of a {@link HubServer}: commits by revision, files by commit. */
final class HubRepository {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, String> revisions = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Content>> commits = new ConcurrentHashMap<>();
  private final String name;

  HubRepository(String name) {
    this.name = name;
  }

  /**
   * A file.
   *
   * @param etag SHA-256 of a large one, the hash of git of a small one
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Content(byte[] bytes, String etag, boolean isLarge) {
    static Content of(String name, byte[] bytes) {
      return name.matches(".*\\.(safetensors|gguf|bin)")
          ? new Content(bytes, hash("SHA-256", new byte[0], bytes), true)
          : new Content(bytes, gitHash(bytes), false);
    }
  }

  /** SHA-1 over {@code blob SIZE}, a zero and the content. */
  static String gitHash(byte[] bytes) {
    byte[] head = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
    return hash("SHA-1", head, bytes);
  }

  private static String hash(String algorithm, byte[] head, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(head);
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a commit, which {@code main} means from now on. */
  String commit(Map<String, byte[]> files) {
    Map<String, Content> contents = new TreeMap<>();
    files.forEach((file, bytes) -> contents.put(file, Content.of(file, bytes)));
    StringBuilder all = new StringBuilder(name);
    contents.forEach((file, content) -> all.append('\n').append(file).append(content.etag()));
    String commit = gitHash(all.toString().getBytes(StandardCharsets.UTF_8));
    commits.put(commit, contents);
    revisions.put("main", commit);
    return commit;
  }

  void tag(String revision) {
    revisions.put(revision, revisions.get("main"));
  }

  /** The commit that a revision means, null where there is none. */
  @Nullable String commitOf(String revision) {
    return commits.containsKey(revision) ? revision : revisions.get(revision);
  }

  @Nullable Content file(String commit, String file) {
    return commits.get(commit).get(file);
  }

  /** The content of a large file by its hash, null where there is none. */
  byte @Nullable [] large(String etag) {
    return commits.values().stream()
        .flatMap(files -> files.values().stream())
        .filter(content -> content.isLarge() && content.etag().equals(etag))
        .map(Content::bytes)
        .findFirst()
        .orElse(null);
  }

  /** The answer of {@code /api/models/OWNER/NAME/revision/REVISION}. */
  JsonNode listing(String commit) {
    ObjectNode all = JSON.objectNode().put("id", name).put("modelId", name).put("sha", commit);
    ArrayNode siblings = all.putArray("siblings");
    commits.get(commit).forEach((file, content) -> siblings.add(entry("rfilename", file, content)));
    return all;
  }

  /** The answer of {@code /api/models/OWNER/NAME/tree/REVISION}. */
  JsonNode tree(String commit) {
    ArrayNode all = JSON.arrayNode();
    commits
        .get(commit)
        .forEach((file, content) -> all.add(entry("path", file, content).put("type", "file")));
    return all;
  }

  private static ObjectNode entry(String key, String file, Content content) {
    long size = content.bytes().length;
    String git = gitHash(content.bytes());
    ObjectNode entry = JSON.objectNode().put(key, file).put("size", size);
    entry.put("blobId", git).put("oid", git);
    if (content.isLarge()) {
      entry
          .putObject("lfs")
          .put("oid", content.etag())
          .put("sha256", content.etag())
          .put("size", size)
          .put("pointerSize", 134);
    }
    return entry;
  }
}
