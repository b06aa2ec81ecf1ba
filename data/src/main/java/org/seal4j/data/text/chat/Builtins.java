package org.seal4j.data.text.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;

/** The filters, tests and methods that chat templates use. */
final class Builtins {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Map<String, BiFunction<Object, List<Object>, Object>> FILTERS =
      new TreeMap<>(
          Map.of(
              "trim", (value, arguments) -> Values.strip(Values.text(value), true, true),
              "length", (value, arguments) -> (long) Values.size(value),
              "upper", (value, arguments) -> Values.text(value).toUpperCase(Locale.ROOT),
              "lower", (value, arguments) -> Values.text(value).toLowerCase(Locale.ROOT),
              "string", (value, arguments) -> Values.text(value),
              "tojson", (value, arguments) -> json(value),
              "default", (value, arguments) -> value == Values.UNDEFINED ? arguments.get(0) : value,
              "first", (value, arguments) -> Values.item(value, 0L),
              "last", (value, arguments) -> Values.item(value, -1L)));

  private static final Map<String, Predicate<Object>> TESTS =
      new TreeMap<>(
          Map.of(
              "defined", value -> value != Values.UNDEFINED,
              "undefined", value -> value == Values.UNDEFINED,
              "none", value -> value == Values.NONE,
              "string", value -> value instanceof String,
              "mapping", value -> value instanceof Map,
              "iterable",
                  value -> value instanceof String || value instanceof List || value instanceof Map,
              "number", value -> value instanceof Long));

  private static final Map<String, BiFunction<String, List<String>, Object>> METHODS =
      new TreeMap<>(
          Map.of(
              "strip", (text, arguments) -> Values.strip(text, true, true),
              "lstrip", (text, arguments) -> Values.strip(text, true, false),
              "rstrip", (text, arguments) -> Values.strip(text, false, true),
              "upper", (text, arguments) -> text.toUpperCase(Locale.ROOT),
              "lower", (text, arguments) -> text.toLowerCase(Locale.ROOT),
              "startswith", (text, arguments) -> text.startsWith(arguments.get(0)),
              "endswith", (text, arguments) -> text.endsWith(arguments.get(0)),
              "split", (text, arguments) -> split(text, arguments.get(0)),
              "replace", (text, arguments) -> text.replace(arguments.get(0), arguments.get(1))));

  /** How many arguments filters and methods take; those not named take none. */
  private static final Map<String, Integer> ARGUMENTS =
      Map.of("default", 1, "startswith", 1, "endswith", 1, "split", 1, "replace", 2);

  private Builtins() {}

  static Expression filter(
      Lexer words,
      Expression value,
      Lexer.Token name,
      Function<String, List<Expression>> arguments) {
    BiFunction<Object, List<Object>, Object> filter = FILTERS.get(words.name());
    if (filter == null) {
      throw words.unsupported(name, "the filter", FILTERS.keySet());
    }
    List<Expression> given = arguments.apply(name.text());
    requireCount(words, name, given);
    return scope ->
        filter.apply(value.value(scope), given.stream().map(one -> one.value(scope)).toList());
  }

  static Expression test(Lexer words, Expression value) {
    Lexer.Token name = words.peek();
    Predicate<Object> test = TESTS.get(words.name());
    if (test == null) {
      throw words.unsupported(name, "the test", TESTS.keySet());
    }
    return scope -> test.test(value.value(scope));
  }

  static Expression method(
      Lexer words, Expression value, Lexer.Token name, List<Expression> arguments) {
    BiFunction<String, List<String>, Object> method = METHODS.get(name.text());
    if (method == null) {
      throw words.unsupported(name, "the method", METHODS.keySet());
    }
    requireCount(words, name, arguments);
    return scope ->
        method.apply(
            Values.requireText(value.value(scope)),
            arguments.stream().map(one -> Values.requireText(one.value(scope))).toList());
  }

  private static void requireCount(Lexer words, Lexer.Token name, List<Expression> given) {
    int expected = ARGUMENTS.getOrDefault(name.text(), 0);
    if (given.size() != expected) {
      throw words.unsupported(
          name,
          "%d argument(s) for".formatted(given.size()),
          List.of(expected == 0 ? "none" : Integer.toString(expected)));
    }
  }

  private static List<Object> split(String text, String separator) {
    Checks.require(!separator.isEmpty(), "chat template: split needs a separator");
    return List.of((Object[]) text.split(Pattern.quote(separator), -1));
  }

  /** As Python's {@code json.dumps} writes it: a blank after commas and colons. */
  private static String json(Object value) {
    if (value == Values.NONE) {
      return "null";
    }
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(Builtins::json).toList()) + "]";
    }
    if (value instanceof Map<?, ?> map) {
      List<String> members =
          map.entrySet().stream()
              .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
              .toList();
      return "{" + String.join(", ", members) + "}";
    }
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form for a value of a chat template", e);
    }
  }
}
