package org.seal4j.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.json.JsonKeys;

/**
 * {@code eos_token_id}: the ids that end a text. {@code generation_config.json}, which says how to
 * generate, counts before {@code config.json}; where there is neither, the family's id counts.
 */
final class EndTokens {
  private static final String KEY = "eos_token_id";

  private EndTokens() {}

  static List<Integer> read(Path folder, HfConfig config) {
    int vocabSize = config.model().vocabSize();
    Optional<Path> generation = FolderFile.find(folder, "generation_config.json");
    Optional<Path> model = FolderFile.find(folder, "config.json");
    for (Optional<Path> file : List.of(generation, model)) {
      JsonKeys keys = file.isPresent() ? HfConfig.keys(file.get()) : null;
      if (keys != null && keys.stated(KEY)) {
        return ids(keys, vocabSize);
      }
    }
    OptionalInt known = generation.isPresent() ? OptionalInt.empty() : config.type().endToken();
    return known.stream().filter(id -> id < vocabSize).boxed().toList();
  }

  private static List<Integer> ids(JsonKeys keys, int vocabSize) {
    JsonNode ends = keys.node(KEY);
    List<Integer> ids = new ArrayList<>();
    for (JsonNode id : ends.isArray() ? ends : List.of(ends)) {
      if (id.isMissingNode()) {
        continue;
      }
      Checks.require(
          id.isIntegralNumber(),
          "%s: eos_token_id must be an id or a list of ids but is %s",
          keys.file(),
          Shown.text(ends));
      Checks.require(
          id.canConvertToInt() && id.intValue() >= 0 && id.intValue() < vocabSize,
          "%s: eos_token_id is %s but the model's ids are 0 to %d",
          keys.file(),
          Shown.text(ends),
          vocabSize - 1);
      ids.add(id.intValue());
    }
    return ids;
  }
}
