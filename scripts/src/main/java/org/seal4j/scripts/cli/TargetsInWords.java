package org.seal4j.scripts.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The targeted modules of an adapter for a line of a terminal. */
final class TargetsInWords {
  private static final Pattern IN_LAYER =
      Pattern.compile("(?:.*\\.)?(\\d{1,6})\\.(?:.*\\.)?(\\w+)");

  /** A list of so many names needs no other words. */
  private static final int FEW = 8;

  private TargetsInWords() {}

  /**
   * {@code q_proj, v_proj of layers 20 to 29} for modules that are named one by one, as far as
   * their names say it in short.
   *
   * @param targets as a configuration names them
   * @return empty where it is too long to say
   */
  static String of(String targets) {
    List<String> names = List.of(targets.split(", ", -1));
    if (names.size() <= FEW) {
      return targets;
    }
    Map<Integer, List<String>> byLayer = new TreeMap<>();
    for (String name : names) {
      Matcher matcher = IN_LAYER.matcher(name);
      if (!matcher.matches()) {
        return "";
      }
      byLayer
          .computeIfAbsent(Integer.valueOf(matcher.group(1)), layer -> new ArrayList<>())
          .add(matcher.group(2));
    }
    Map<List<String>, List<Integer>> alike = new LinkedHashMap<>();
    byLayer.forEach(
        (layer, modules) -> alike.computeIfAbsent(modules, key -> new ArrayList<>()).add(layer));
    return alike.size() == 1
        ? String.join(", ", byLayer.values().iterator().next())
            + " of "
            + layers(List.copyOf(byLayer.keySet()))
        : "";
  }

  private static String layers(List<Integer> layers) {
    List<String> stretches = new ArrayList<>();
    for (int from = 0; from < layers.size(); ) {
      int to = from;
      while (to + 1 < layers.size() && layers.get(to + 1) == layers.get(to) + 1) {
        to++;
      }
      String first = layers.get(from).toString();
      stretches.add(to == from ? first : first + " to " + layers.get(to));
      from = to + 1;
    }
    return (layers.size() == 1 ? "layer " : "layers ") + String.join(", ", stretches);
  }
}
