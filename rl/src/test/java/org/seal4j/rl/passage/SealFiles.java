package org.seal4j.rl.passage;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.seal4j.data.json.Json;

/** SEAL's own files beside the repository; a test is skipped where they are missing. */
final class SealFiles {
  private SealFiles() {}

  /** The JSON of {@code ../shared/data/seal/knowledge-incorporation/<path>}. */
  static JsonNode read(String path) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && folder.getParent() != null) {
      Path file = folder.resolveSibling("shared/data/seal/knowledge-incorporation").resolve(path);
      if (Files.exists(file)) {
        return Json.read(file, JsonNode.class);
      }
      folder = folder.getParent();
    }
    return Assumptions.abort("real data ../shared/data/seal/.../" + path + " is not here");
  }
}
