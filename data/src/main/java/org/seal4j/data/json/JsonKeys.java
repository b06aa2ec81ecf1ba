package org.seal4j.data.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * The keys of a JSON object that others have written and that may hold more than is asked for; null
 * counts as missing, as in Python.
 *
 * @param file named in messages
 * @param path keys above this object, each followed by a dot
 * @param object the object
 */
public record JsonKeys(Path file, String path, JsonNode object) {
  /** The keys of a whole file. */
  public JsonKeys(Path file, JsonNode object) {
    this(file, "", object);
    Checks.require(object.isObject(), "%s must hold a JSON object", file);
  }

  /** Whether there is a value. */
  public boolean has(String key) {
    return !node(key).isMissingNode();
  }

  /** Whether the key is there, be it with null. */
  public boolean stated(String key) {
    return object.has(key);
  }

  /**
   * Whether the key is missing, or says what Python takes for "not set": null, false, an empty
   * text, list or object.
   */
  public boolean isUnset(String key) {
    JsonNode value = node(key);
    return value.isMissingNode()
        || (value.isBoolean() && !value.booleanValue())
        || (value.isTextual() && value.textValue().isEmpty())
        || (value.isContainerNode() && value.isEmpty());
  }

  /** The value, missing where it is missing or null. */
  public JsonNode node(String key) {
    JsonNode node = object.path(key);
    return node.isNull() ? MissingNode.getInstance() : node;
  }

  /** An object in this one, empty where it is missing. */
  public JsonKeys inner(String key) {
    JsonNode node = node(key);
    require(node.isMissingNode() || node.isObject(), key, "an object");
    return new JsonKeys(file, path + key + ".", node);
  }

  /** A text that must be there. */
  public String text(String key) {
    JsonNode node = present(key, "a text");
    require(node.isTextual(), key, "a text");
    return node.textValue();
  }

  /** True or false. */
  public boolean flag(String key, boolean otherwise) {
    JsonNode node = node(key);
    require(node.isMissingNode() || node.isBoolean(), key, "true or false");
    return node.asBoolean(otherwise);
  }

  /** An integer of at least 1, or the default. */
  public int count(String key, int otherwise) {
    return has(key) ? count(key) : otherwise;
  }

  /** An integer of at least 1. */
  public int count(String key) {
    JsonNode node = present(key, "an integer");
    boolean fits = node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 1;
    require(fits, key, "an integer >= 1");
    return node.intValue();
  }

  /** An integer of at least 0, or the default. */
  public int integer(String key, int otherwise) {
    JsonNode node = node(key);
    boolean fits = node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0;
    require(node.isMissingNode() || fits, key, "an integer >= 0");
    return fits ? node.intValue() : otherwise;
  }

  /** A number, or the default. */
  public double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  /** A number that must be there. */
  public double number(String key) {
    JsonNode node = present(key, "a number");
    require(node.isNumber() && Double.isFinite(node.doubleValue()), key, "a number");
    return node.doubleValue();
  }

  /** Refuses a key that says anything else than this. */
  public void requireIs(String key, JsonNode expected, String reason) {
    if (has(key) && !node(key).equals(expected)) {
      throw Checks.refuse(
          "%s: %s%s is %s, which is not supported; only %s is (%s)",
          file, path, key, found(key), expected, reason);
    }
  }

  private void require(boolean fits, String key, String expected) {
    if (!fits) {
      throw Checks.refuse("%s: %s%s must be %s but is %s", file, path, key, expected, found(key));
    }
  }

  private String found(String key) {
    JsonNode node = node(key);
    return Shown.text(node.isNumber() ? node.asText() : node);
  }

  private JsonNode present(String key, String expected) {
    JsonNode node = node(key);
    Checks.require(
        !node.isMissingNode(), "%s lacks the key %s%s; expected %s", file, path, key, expected);
    return node;
  }
}
