package org.seal4j.serve.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.seal4j.data.check.Shown;
import org.seal4j.serve.http.ApiException;

/** The fields of one JSON object; one that is null counts as left out. */
public final class Fields {
  private final JsonNode object;
  private final String where;

  /** Those of a body. */
  public Fields(JsonNode object) {
    this(object, "");
  }

  /**
   * @param where stands before the name of a field in refusals, as {@code messages[0].}
   */
  Fields(JsonNode object, String where) {
    this.object = object;
    this.where = where;
  }

  /** Whether it says something. */
  boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** The value as it is; missing where the field is left out. */
  JsonNode node(String name) {
    return object.path(name);
  }

  /** A text. */
  public Optional<String> text(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    require(name, node(name).isTextual(), "a text");
    return Optional.of(node(name).textValue());
  }

  /** A text that must be there. */
  public String needed(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /** The refusal of a request without this field. */
  ApiException missing(String name) {
    return ApiException.badField(where + name, "the field '%s' is missing".formatted(where + name));
  }

  /** A truth value; what is given here where it is left out. */
  public boolean flag(String name, boolean otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    require(name, node(name).isBoolean(), "true or false");
    return node(name).booleanValue();
  }

  OptionalDouble number(String name, double least, double most) {
    if (!has(name)) {
      return OptionalDouble.empty();
    }
    JsonNode node = node(name);
    require(
        name,
        node.isNumber() && node.doubleValue() >= least && node.doubleValue() <= most,
        "a number between %s and %s".formatted(plain(least), plain(most)));
    return OptionalDouble.of(node.doubleValue());
  }

  OptionalInt count(String name, int least, int most) {
    if (!has(name)) {
      return OptionalInt.empty();
    }
    JsonNode node = node(name);
    require(
        name,
        isWhole(node) && node.longValue() >= least && node.longValue() <= most,
        "a whole number between %d and %d".formatted(least, most));
    return OptionalInt.of(node.intValue());
  }

  OptionalLong whole(String name) {
    if (!has(name)) {
      return OptionalLong.empty();
    }
    require(name, isWhole(node(name)), "a whole number");
    return OptionalLong.of(node(name).longValue());
  }

  /** Texts: one, or a list of at most so many. */
  List<String> texts(String name, int most) {
    if (!has(name)) {
      return List.of();
    }
    JsonNode node = node(name);
    if (node.isTextual()) {
      return List.of(node.textValue());
    }
    require(name, node.isArray() && node.size() <= most, "a text or a list of at most " + most);
    List<String> texts = new ArrayList<>();
    for (JsonNode one : node) {
      require(name, one.isTextual(), "a text or a list of texts");
      texts.add(one.textValue());
    }
    return texts;
  }

  /** Ids of tokens, below the size of the vocabulary. */
  int[] ids(String name, JsonNode list, int vocabulary) {
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      JsonNode id = list.get(i);
      require(
          name,
          isWhole(id) && id.longValue() >= 0 && id.longValue() < vocabulary,
          "a list of ids below " + vocabulary);
      ids[i] = id.intValue();
    }
    return ids;
  }

  /** Refuses a value that is not what it should be. */
  void require(String name, boolean right, String what) {
    if (!right) {
      throw wrong(name, what);
    }
  }

  ApiException wrong(String name, String what) {
    return ApiException.badField(
        where + name,
        "the field '%s' must be %s but is %s"
            .formatted(where + name, what, Shown.text(shortened(node(name)))));
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }

  /** A whole number that a long holds; 3.0 is one. */
  private static boolean isWhole(JsonNode node) {
    return (node.isIntegralNumber() && node.canConvertToLong())
        || (node.isFloatingPointNumber()
            && node.doubleValue() == Math.rint(node.doubleValue())
            && Math.abs(node.doubleValue()) < 1L << 53);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
