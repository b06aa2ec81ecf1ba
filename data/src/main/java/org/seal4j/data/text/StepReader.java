package org.seal4j.data.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.seal4j.data.json.JsonField;

/**
 * Reads steps of {@code tokenizer.json} by their {@code type}; an unknown type or key is refused
 * together with the known ones.
 *
 * @param <T> what a step becomes
 */
final class StepReader<T> {
  private final Map<String, Kind<T>> kinds = new TreeMap<>();

  private record Kind<T>(Set<String> keys, Function<JsonField, List<T>> reader) {}

  /**
   * Adds a type of step.
   *
   * @param keys the keys that it may have beside {@code type}, with blanks between them
   * @param reader makes the step of its fields
   */
  StepReader<T> on(String type, String keys, Function<JsonField, T> reader) {
    Set<String> known = new TreeSet<>(List.of(keys.split(" ")));
    known.remove("");
    kinds.put(type, new Kind<>(known, step -> List.of(reader.apply(step))));
    return this;
  }

  /** Adds the type {@code Sequence}, which has steps at this key. */
  StepReader<T> onList(String key) {
    kinds.put("Sequence", new Kind<>(Set.of(key), step -> readAll(step.member(key))));
    return this;
  }

  /** A step, or those of a sequence in their order. */
  List<T> read(JsonField step) {
    JsonField type = step.member("type");
    Kind<T> kind = kinds.get(type.text());
    if (kind == null) {
      throw type.refuse("one of the supported " + kinds.keySet());
    }
    step.members()
        .forEach(
            (key, value) -> {
              if (!key.equals("type") && !kind.keys.contains(key)) {
                throw value.refuse("no other keys in " + type.text() + " than " + kind.keys);
              }
            });
    return kind.reader.apply(step);
  }

  private List<T> readAll(JsonField list) {
    return list.list("a list of steps").stream().flatMap(one -> read(one).stream()).toList();
  }
}
