package org.seal4j.data.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;

/** What is wrong with a JSON text, in words and with its place; never in those of the library. */
final class JsonFault {
  /** A message of the library and ours for it; {@code $1} is what its first group found. */
  private record Rule(Pattern theirs, String ours) {
    static Rule of(String theirs, String ours) {
      return new Rule(Pattern.compile(theirs, Pattern.DOTALL), ours);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of("Missing creator property.*", "this key is missing"),
          Rule.of("Null value for creator property.*|Invalid `null` value.*", "the value is null"),
          Rule.of("No content to map.*", "there is nothing; expected one JSON value"),
          Rule.of(
              ".*close marker for Object \\(start marker at .*line: (\\d+), column: (\\d+).*",
              "the text ends, but the object that begins in line $1, column $2 is not closed"),
          Rule.of(
              ".*close marker for Array \\(start marker at .*line: (\\d+), column: (\\d+).*",
              "the text ends, but the list that begins in line $1, column $2 is not closed"),
          Rule.of("Unexpected end.*", "the text ends in the middle of a value"),
          Rule.of("Non-standard token '(.*?)'.*", "$1 is not a number that a file may hold here"),
          Rule.of(
              "Unrecognized token '(.*?)'.*",
              "'$1' is no JSON value; texts stand in double quotes, and words are true, false and"
                  + " null"),
          Rule.of(
              "Duplicate (?:field|Object property) ['\"](.*)['\"].*",
              "the key '$1' is given twice"),
          Rule.of(
              ".*in numeric value.*|Invalid numeric value.*|.*eading zeroes.*",
              "a number is not written as JSON writes numbers"),
          Rule.of(".*\\(code 65279.*", "a byte order mark stands inside the text"),
          Rule.of(
              "Unexpected character \\('(.)'.*separate Object entries.*",
              "'$1' stands where a comma or '}' belongs"),
          Rule.of(
              "Unexpected character \\('(.)'.*separate Array entries.*",
              "'$1' stands where a comma or ']' belongs"),
          Rule.of("Unexpected character \\('(.)'.*colon.*", "'$1' stands where a colon belongs"),
          Rule.of(
              "Unexpected character \\('(.)'.*double-quote.*",
              "'$1' stands where a key in double quotes belongs"),
          Rule.of("Unexpected character \\('(/|#)'.*", "'$1' stands there; JSON has no comments"),
          Rule.of("Unexpected character \\('(.)'.*", "'$1' stands where a value belongs"),
          Rule.of("Unexpected close marker '(.)'.*", "'$1' closes what was not opened by its pair"),
          Rule.of(
              "Illegal unquoted character.*",
              "a text holds a control character; write it as an escape such as \\\\n"),
          Rule.of("Illegal character.*", "a control character stands between the values"),
          Rule.of(
              "Unrecognized character escape '(.)'.*",
              "a text holds the escape \\\\$1, which JSON does not have"),
          Rule.of(
              "Unexpected character.*", "a character stands there that does not belong into JSON"),
          Rule.of("Document nesting depth.*allowed \\((\\d+).*", "nested deeper than $1 levels"),
          Rule.of("Number value length.*allowed \\((\\d+).*", "a number has more than $1 digits"),
          Rule.of("String value length.*allowed \\((\\d+).*", "a text has more than $1 characters"),
          Rule.of("Name length.*allowed \\((\\d+).*", "a key has more than $1 characters"),
          Rule.of("Numeric value .*out of range of (int|long).*", "a number does not fit an $1"));

  private static final Pattern FOUND =
      Pattern.compile("(?:from|coerce) (String|Array|Object|Integer|Floating-point|Boolean) value");
  private static final Map<String, String> FOUND_WORDS =
      Map.of(
          "String", "a text",
          "Array", "a list",
          "Object", "an object",
          "Integer", "a whole number",
          "Floating-point", "a number with a fraction",
          "Boolean", "true or false");

  private static final String LINES =
      "; it has one value a line (JSON lines), but one value is expected: put them into one list";

  private JsonFault() {}

  /**
   * The refusal of a text.
   *
   * @param source names file or place
   */
  static InputException in(String source, String text, JsonProcessingException e) {
    return new InputException(source + place(e) + ": " + problem(text, e), e);
  }

  private static String place(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String place =
        at == null || at.getLineNr() < 1
            ? ""
            : ", line %d, column %d".formatted(at.getLineNr(), Math.max(1, at.getColumnNr()));
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? place + ", key '" + Shown.text(path(mapping)) + "'"
        : place;
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  static String problem(String text, JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown
        && unknown.getKnownPropertyIds() != null) {
      return "this key is unknown; known here are "
          + new TreeSet<>(unknown.getKnownPropertyIds().stream().map(String::valueOf).toList());
    }
    if (e.getCause() instanceof InputException refused) {
      return refused.getMessage() == null ? "refused" : refused.getMessage();
    }
    String theirs = String.valueOf(e.getOriginalMessage());
    if (theirs.startsWith("Trailing token")) {
      return "something follows the end of the JSON value" + (isLines(text) ? LINES : "");
    }
    for (Rule rule : RULES) {
      Matcher match = rule.theirs.matcher(theirs);
      if (match.matches()) {
        return match.replaceFirst(rule.ours);
      }
    }
    return e instanceof MismatchedInputException mismatch
        ? found(theirs) + " stands here; expected " + expected(mismatch.getTargetType())
        : "this is not JSON";
  }

  /** Whether the first two lines that are not blank are whole objects or lists. */
  private static boolean isLines(String text) {
    List<String> first =
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).limit(2).toList();
    return first.size() == 2
        && (first.stream().allMatch(line -> line.startsWith("{") && line.endsWith("}"))
            || first.stream().allMatch(line -> line.startsWith("[") && line.endsWith("]")));
  }

  private static String found(String theirs) {
    Matcher match = FOUND.matcher(theirs);
    return match.find()
        ? FOUND_WORDS.getOrDefault(match.group(1), "another value")
        : theirs.contains("`null`") || theirs.contains("Null value") ? "null" : "another value";
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "a value of another kind";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == double.class || type == float.class || type == Double.class) {
      return "a number";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    if (type.isEnum()) {
      return "one of " + Arrays.toString(type.getEnumConstants());
    }
    return type.isArray() || Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }
}
