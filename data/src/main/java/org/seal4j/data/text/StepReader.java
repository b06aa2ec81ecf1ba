package org.seal4j.data.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.seal4j.data.json.JsonField;

/**
 * Reads steps of {@code tokenizer.json} by their {@code type}; an unknown type or key is refused
 * together with the known ones.
 *
 * @param <T> what a step becomes
 */
final class StepReader<T> {
  private final Map<String, Kind<T>> kinds;

  /**
   * One type of step.
   *
   * @param keys the keys that it may have beside {@code type}
   * @param reader makes the step of its fields
   */
  record Kind<T>(Set<String> keys, Function<JsonField, T> reader) {}

  StepReader(Map<String, Kind<T>> kinds) {
    this.kinds = kinds;
  }

  T read(JsonField step) {
    JsonField type = step.member("type");
    Kind<T> kind = kinds.get(type.text());
    if (kind == null) {
      throw type.refuse("one of the supported " + kinds.keySet().stream().sorted().toList());
    }
    Set<String> members = step.members().keySet();
    for (String key : members) {
      if (!key.equals("type") && !kind.keys().contains(key)) {
        throw step.member(key)
            .refuse("no other keys in %s than %s".formatted(type.text(), sorted(kind)));
      }
    }
    return kind.reader().apply(step);
  }

  private List<String> sorted(Kind<T> kind) {
    return kind.keys().stream().sorted().toList();
  }

  /** The steps of a list, which may be empty. */
  List<T> readAll(JsonField list) {
    List<T> steps = new ArrayList<>();
    list.list("a list of steps").forEach(step -> steps.add(read(step)));
    return steps;
  }

  /** The expression or the literal text that a step looks for. */
  static Pattern pattern(JsonField step) {
    JsonField pattern = step.member("pattern");
    if (pattern.has("String")) {
      return Patterns.literal(pattern.member("String").text());
    }
    if (!pattern.has("Regex")) {
      throw pattern.refuse("{\"String\": ...} or {\"Regex\": ...}");
    }
    JsonField regex = pattern.member("Regex");
    return Patterns.compile(regex.text(), regex.file() + ": " + regex.pointer());
  }
}
