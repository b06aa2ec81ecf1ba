package org.seal4j.data.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.json.Json;

/** {@code model.safetensors.index.json}: which files a model's tensors are in. */
final class Index {
  static final String FILE = "model.safetensors.index.json";
  private static final long MOST_BYTES = 16 << 20;

  private Index() {}

  /** The names of the files, in their order. */
  static Set<String> parts(Path file) {
    JsonNode map =
        Json.read(FolderFile.atMost(MOST_BYTES, file), JsonNode.class).path("weight_map");
    Checks.require(
        map.isObject() && !map.isEmpty(), "%s names no files: weight_map is missing", file);
    Set<String> parts = new TreeSet<>();
    map.forEach(
        part -> {
          Checks.require(
              part.isTextual() && part.asText().endsWith(".safetensors"),
              "%s: weight_map holds %s, which is no safetensors file",
              file,
              part);
          parts.add(RelativeName.require(file + " names the file", part.asText()));
        });
    return parts;
  }
}
