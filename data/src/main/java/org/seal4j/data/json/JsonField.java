package org.seal4j.data.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Nearest;

/**
 * One value of a JSON file together with its place, so that a refusal can name file, field, what
 * was found and what was expected.
 *
 * @param file where it was read from
 * @param pointer JSON pointer of the value, empty for the whole file
 * @param node the value
 */
public record JsonField(Path file, String pointer, JsonNode node) {
  private static final int SHOWN = 40;

  /** The whole file; refused where it cannot be read or is not one JSON value. */
  public static JsonField read(Path file) {
    return new JsonField(file, "", Json.read(file, JsonNode.class));
  }

  /**
   * A JSON text that stands at some place of a file that is not JSON itself.
   *
   * @param place such as {@code row 3, column questions}; the pointers of its values begin with it
   */
  public static JsonField inside(Path file, String place, String text) {
    return new JsonField(file, place, Json.parse(text, JsonNode.class, file + ", " + place));
  }

  /** The members of an object that must have all required keys and no others than allowed. */
  public Map<String, JsonField> object(Collection<String> required, Collection<String> optional) {
    Map<String, JsonField> members = members();
    requireKeys(required);
    for (JsonField member : members.values()) {
      String key = member.lastKey();
      if (!required.contains(key) && !optional.contains(key)) {
        throw member.refuse(
            Stream.concat(required.stream(), optional.stream())
                .collect(Collectors.joining(", ", "no other keys than ", "")));
      }
    }
    return members;
  }

  /**
   * Requires an object that has all required keys. Keys that are not known are passed over, except
   * one that looks like a misspelling of a known key that is missing.
   */
  public void objectWithMore(Collection<String> required, Collection<String> optional) {
    List<String> known = Stream.concat(required.stream(), optional.stream()).toList();
    for (JsonField member : members().values()) {
      String key = member.lastKey();
      Optional<String> meant =
          known.contains(key)
              ? Optional.empty()
              : Nearest.to(key, known).filter(near -> !has(near));
      if (meant.isPresent()) {
        throw member.refuse("the key '" + meant.get() + "', which it resembles");
      }
    }
    requireKeys(required);
  }

  private void requireKeys(Collection<String> required) {
    for (String key : required) {
      Checks.require(
          has(key),
          "%s: %s lacks the key '%s'; expected the keys %s",
          file,
          place(),
          key,
          String.join(", ", required));
    }
  }

  /** The members of an object with any keys, in the order of the file. */
  public Map<String, JsonField> members() {
    Map<String, JsonField> members = new LinkedHashMap<>();
    fitting(node.isObject(), "an object")
        .fieldNames()
        .forEachRemaining(key -> members.put(key, at(key)));
    return members;
  }

  /** The elements of a non-empty array. */
  public List<JsonField> items(String expected) {
    fitting(node.isArray() && !node.isEmpty(), expected);
    return IntStream.range(0, node.size())
        .mapToObj(i -> at(Integer.toString(i), node.path(i)))
        .toList();
  }

  /** The elements of an array, none if it is empty. */
  public List<JsonField> list(String expected) {
    return node.isArray() && node.isEmpty() ? List.of() : items(expected);
  }

  /** The member of an object; refused where it is missing. Other members do not matter. */
  public JsonField member(String key) {
    fitting(node.isObject(), "an object");
    JsonField child = at(key);
    if (child.node.isNull()) {
      throw child.refuse("a value");
    }
    Checks.require(!child.node.isMissingNode(), "%s: %s lacks the key '%s'", file, place(), key);
    return child;
  }

  /** What stands at this key of an object; null, or missing, where nothing does. */
  public JsonField at(String key) {
    return at(key, node.path(key));
  }

  /** The member of an object, where it is there and not null. */
  public Optional<JsonField> optional(String key) {
    JsonNode child = fitting(node.isObject(), "an object").path(key);
    return child.isMissingNode() || child.isNull() ? Optional.empty() : Optional.of(at(key, child));
  }

  /** The text of a string. */
  public String text() {
    String text = fitting(node.isTextual(), "a text").textValue();
    fitting(
        text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE),
        "a text without half of a surrogate pair, which UTF-8 cannot hold");
    return text;
  }

  /** The text of a member, or the default where there is none. */
  public String text(String key, String otherwise) {
    return optional(key).map(JsonField::text).orElse(otherwise);
  }

  /** The truth of a member, or the default where there is none. */
  public boolean bool(String key, boolean otherwise) {
    return optional(key).map(JsonField::bool).orElse(otherwise);
  }

  /** The text of a string that is not blank. */
  public String words() {
    return fitting(!text().isBlank(), "a text that is not blank").textValue();
  }

  /** The value of {@code true} or {@code false}. */
  public boolean bool() {
    return fitting(node.isBoolean(), "true or false").booleanValue();
  }

  /** A finite number. */
  public double number() {
    boolean finite = node.isNumber() && Double.isFinite(node.doubleValue());
    return fitting(finite, "a number").doubleValue();
  }

  /** An integer of at least 0 that fits an {@code int}. */
  public int count() {
    boolean fits = node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0;
    return fitting(fits, "an integer of at least 0").intValue();
  }

  private JsonNode fitting(boolean fits, String expected) {
    if (!fits) {
      throw refuse(expected);
    }
    return node;
  }

  /** A refusal of this value that says what should stand here. */
  public InputException refuse(String expected) {
    return Checks.refuse("%s: %s is %s; expected %s", file, place(), found(), expected);
  }

  /** Whether this is an object with that key. */
  public boolean has(String key) {
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
    String text = node.isNumber() ? node.asText() : node.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
