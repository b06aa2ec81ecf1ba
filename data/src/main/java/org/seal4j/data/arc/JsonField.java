package org.seal4j.data.arc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seal4j.data.run.Checks;
import org.seal4j.data.run.InputException;

/**
 * One value of a JSON file together with its place, so that a refusal can name file, field, what
 * was found and what was expected.
 *
 * @param file where it was read from
 * @param pointer JSON pointer of the value, empty for the whole file
 * @param node the value
 */
record JsonField(Path file, String pointer, JsonNode node) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int SHOWN = 40;

  /** The whole file; refused where it cannot be read or is not one JSON value. */
  static JsonField read(Path file) {
    try {
      return new JsonField(file, "", MAPPER.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new InputException(
          file
              + ": is not valid JSON at line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + ": "
              + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e + ")", e);
    }
  }

  /** The members of an object that must have all required keys and no others than allowed. */
  Map<String, JsonField> object(Set<String> required, Set<String> optional) {
    Map<String, JsonField> members = members();
    for (String key : required) {
      Checks.require(
          members.containsKey(key),
          "%s: %s lacks the key '%s'; expected the keys %s",
          file,
          place(),
          key,
          String.join(", ", required));
    }
    for (JsonField member : members.values()) {
      String key = member.lastKey();
      if (!required.contains(key) && !optional.contains(key)) {
        throw member.refuse("no other keys than " + String.join(", ", required));
      }
    }
    return members;
  }

  /** The members of an object with any keys, in the order of the file. */
  Map<String, JsonField> members() {
    if (!node.isObject()) {
      throw refuse("an object");
    }
    Map<String, JsonField> members = new LinkedHashMap<>();
    node.properties()
        .forEach(entry -> members.put(entry.getKey(), at(entry.getKey(), entry.getValue())));
    return members;
  }

  /** The elements of a non-empty array. */
  List<JsonField> items(String expected) {
    if (!node.isArray() || node.isEmpty()) {
      throw refuse(expected);
    }
    List<JsonField> items = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      items.add(at(Integer.toString(i), node.path(i)));
    }
    return items;
  }

  /** A refusal of this value that says what should stand here. */
  InputException refuse(String expected) {
    return Checks.refuse("%s: %s is %s; expected %s", file, place(), found(), expected);
  }

  boolean has(String key) {
    return node.has(key);
  }

  private JsonField at(String key, JsonNode child) {
    return new JsonField(file, pointer + "/" + key.replace("~", "~0").replace("/", "~1"), child);
  }

  private String lastKey() {
    String key = pointer.substring(pointer.lastIndexOf('/') + 1);
    return key.replace("~1", "/").replace("~0", "~");
  }

  private String place() {
    return pointer.isEmpty() ? "the whole file" : pointer;
  }

  private String found() {
    if (node.isArray()) {
      return node.isEmpty() ? "an empty list" : "a list of " + node.size();
    }
    if (node.isMissingNode()) {
      return "empty";
    }
    String text = node.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
