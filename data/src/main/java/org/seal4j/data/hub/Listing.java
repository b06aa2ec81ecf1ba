package org.seal4j.data.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.Json;

/**
 * What a hub has of a repository at one commit.
 *
 * @param commit 40 hexadecimal digits
 * @param files by their names
 */
record Listing(String commit, Map<String, Entry> files) {
  /**
   * One file, as far as the listing says.
   *
   * @param size in bytes
   * @param sha256 of a large file's content
   */
  record Entry(String name, OptionalLong size, Optional<String> sha256) {}

  /** Reads the answer of {@code /api/models/OWNER/NAME/revision/REVISION}. */
  static Listing read(String text, String source) {
    JsonNode all = Json.parse(text, JsonNode.class, source);
    String commit = all.path("sha").asText("");
    JsonNode siblings = all.path("siblings");
    Checks.require(
        HubName.isCommit(commit) && siblings.isArray(),
        "%s answers without the commit ('sha') and the files ('siblings') of a repository",
        source);
    Map<String, Entry> files = new LinkedHashMap<>();
    for (JsonNode file : siblings) {
      String name =
          RelativeName.require(source + " names the file", file.path("rfilename").asText(""));
      files.put(name, entry(name, file, source));
    }
    return new Listing(commit, files);
  }

  private static Entry entry(String name, JsonNode file, String source) {
    JsonNode size = file.path("lfs").path("size");
    JsonNode known = size.isIntegralNumber() ? size : file.path("size");
    String sum = file.path("lfs").path("sha256").asText("");
    Checks.require(
        (!known.isIntegralNumber() || known.asLong() >= 0) && sum.matches("([0-9a-f]{64})?"),
        "%s: the size (%s) or the SHA-256 (%s) of '%s' is none",
        source,
        Shown.text(known),
        Shown.text(sum),
        Shown.text(name));
    return new Entry(
        name,
        known.isIntegralNumber() ? OptionalLong.of(known.asLong()) : OptionalLong.empty(),
        sum.isEmpty() ? Optional.empty() : Optional.of(sum));
  }

  /** What the listing says of a file that is needed. */
  Entry entry(String file) {
    Entry found = files.get(file);
    if (found == null) {
      throw missing(file);
    }
    return found;
  }

  private InputException missing(String file) {
    return Checks.refuse(
        "the repository has no file '%s' at commit %s; it has %s",
        Shown.text(file), commit, Shown.names(files.keySet()));
  }
}
