package org.seal4j.rl.passage;

import com.fasterxml.jackson.databind.JsonNode;
import org.seal4j.data.json.Json;
import org.seal4j.data.testing.SharedData;

/** SEAL's own files beside the repository; a test is skipped where they are missing. */
final class SealFiles {
  private SealFiles() {}

  /** The JSON of {@code ../shared/data/seal/knowledge-incorporation/<path>}. */
  static JsonNode read(String path) {
    return Json.read(SharedData.orSkip("seal/knowledge-incorporation/" + path), JsonNode.class);
  }
}
