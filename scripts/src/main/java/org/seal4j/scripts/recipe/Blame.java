package org.seal4j.scripts.recipe;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seal4j.scripts.recipe.YamlNode.Mapping;

/**
 * Finds which key of a group a refusal speaks of, so that the message names the file and line, or
 * the {@code --set}, that gave the value, and not the file in which the group begins.
 */
final class Blame {
  private static final String SET = "--set ";

  private Blame() {}

  /**
   * The place of the key that the refusal names first, one of {@code --set} before others, then one
   * of the file that the group stands in before those of files below it; the place of the group and
   * each {@code --set} in it where it names none of its keys.
   *
   * @param path path of the group, empty at the top
   */
  static Place of(Mapping group, String path, String refusal) {
    Map<String, Place> places = new LinkedHashMap<>();
    collect("", group, places);
    Comparator<Map.Entry<String, Place>> order =
        Comparator.<Map.Entry<String, Place>, Boolean>comparing(
                entry -> !entry.getValue().source().startsWith(SET))
            .thenComparing(entry -> !entry.getValue().source().equals(group.place().source()));
    return places.entrySet().stream()
        .filter(entry -> at(refusal, path, entry.getKey()) >= 0)
        .min(order.thenComparingInt(entry -> at(refusal, path, entry.getKey())))
        .map(Map.Entry::getValue)
        .orElseGet(() -> whole(group.place(), places.values()));
  }

  private static Place whole(Place group, Collection<Place> places) {
    String sets =
        places.stream()
            .map(Place::source)
            .filter(source -> source.startsWith(SET))
            .distinct()
            .collect(Collectors.joining(" "));
    return sets.isEmpty() ? group : new Place(group + " with " + sets, 0);
  }

  private static void collect(String path, Mapping group, Map<String, Place> places) {
    group
        .entries()
        .forEach(
            (key, node) -> {
              String inner = path.isEmpty() ? key : path + "." + key;
              if (node instanceof Mapping mapping) {
                collect(inner, mapping, places);
              }
              places.put(inner, node.place());
            });
  }

  /** Where the refusal names the key, by its path from the group or from the top; else -1. */
  private static int at(String refusal, String path, String key) {
    String full = path.isEmpty() ? key : path + "." + key;
    int named = word(refusal, full);
    return named >= 0 ? named : word(refusal, key);
  }

  private static int word(String text, String word) {
    Matcher found =
        Pattern.compile("(?<![\\w.])" + Pattern.quote(word) + "(?![\\w])").matcher(text);
    return found.find() ? found.start() : -1;
  }
}
