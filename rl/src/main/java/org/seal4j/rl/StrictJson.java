package org.seal4j.rl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.json.Json;

/**
 * Reads one JSON object and nothing else: no comments, no prose around it, no key twice. Objects
 * become {@code Map<String, Object>}, arrays lists, numbers {@link BigInteger} or {@link Double},
 * {@code null} becomes {@link #NULL}.
 */
public final class StrictJson {
  public static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  /** Longer texts are refused unread, deeper ones when they get too deep. */
  private static final int MAX_LENGTH = 10_000;

  private static final int MAX_DEPTH = 20;

  /** Without a table of keys, which keys of equal hashes would break. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private StrictJson() {}

  public static Map<String, Object> object(String text) throws Rejected {
    if (text.length() > MAX_LENGTH) {
      throw notJson("the text has %d characters, more than any self-edit".formatted(text.length()));
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw notJson("the text is empty");
      }
      Object value = value(parser, first, 0);
      Map<String, Object> object = asObject("the text", value, InvalidReason.NOT_AN_OBJECT);
      requireEnd(parser);
      return object;
    } catch (JsonProcessingException e) {
      throw notJson("not JSON: " + Json.problem(text, e));
    } catch (IOException e) {
      throw new IllegalStateException("reading a text cannot fail", e);
    }
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> asObject(String what, Object value, String otherwise)
      throws Rejected {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new Rejected(otherwise, "%s must be an object but is %s".formatted(what, value));
  }

  private static Object value(JsonParser parser, JsonToken token, int depth)
      throws IOException, Rejected {
    if (depth > MAX_DEPTH) {
      throw notJson("nested deeper than %d levels".formatted(MAX_DEPTH));
    }
    return switch (token) {
      case START_OBJECT -> members(parser, depth);
      case START_ARRAY -> elements(parser, depth);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NULL;
      default -> throw notJson("not JSON: unexpected " + token);
    };
  }

  private static Map<String, Object> members(JsonParser parser, int depth)
      throws IOException, Rejected {
    Map<String, Object> members = new LinkedHashMap<>();
    for (JsonToken at = next(parser); at != JsonToken.END_OBJECT; at = next(parser)) {
      String key = parser.currentName();
      Object value = value(parser, next(parser), depth + 1);
      if (members.put(key, value) != null) {
        throw new Rejected(InvalidReason.DUPLICATE_KEY, "key '%s' is duplicated".formatted(key));
      }
    }
    return members;
  }

  private static List<Object> elements(JsonParser parser, int depth) throws IOException, Rejected {
    List<Object> elements = new ArrayList<>();
    for (JsonToken at = next(parser); at != JsonToken.END_ARRAY; at = next(parser)) {
      elements.add(value(parser, at, depth + 1));
    }
    return elements;
  }

  private static JsonToken next(JsonParser parser) throws IOException, Rejected {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw notJson("not JSON: the text ends too early");
    }
    return token;
  }

  private static void requireEnd(JsonParser parser) throws Rejected {
    boolean ended;
    try {
      ended = parser.nextToken() == null;
    } catch (IOException e) {
      ended = false;
    }
    if (!ended) {
      throw new Rejected(InvalidReason.TRAILING_TEXT, "text follows the closing brace");
    }
  }

  private static Rejected notJson(String sentence) {
    return new Rejected(InvalidReason.NOT_JSON, sentence);
  }
}
