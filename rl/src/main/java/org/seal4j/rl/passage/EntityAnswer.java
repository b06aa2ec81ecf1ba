package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.rl.Rejected;
import org.seal4j.rl.StrictJson;

/**
 * Reads the entities that a model named: as the JSON object that was asked for, else as the quoted
 * words of a list called entities, else as the capitalised words of the answer, else of the
 * passage.
 */
final class EntityAnswer {
  private static final Pattern LIST =
      Pattern.compile("entities[\"']?\\s*[:=]\\s*\\[([^\\]]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\n]+)\"|'([^'\\n]+)'");
  private static final Pattern NAMES =
      Pattern.compile("\\p{Lu}[\\p{L}\\p{N}'’-]*(?: \\p{Lu}[\\p{L}\\p{N}'’-]*)*+");

  private EntityAnswer() {}

  /** Different names in the order of the answer; empty if even the passage has none. */
  static List<String> entities(String answer, String context) {
    for (List<String> found :
        List.of(strict(answer), loose(answer), capitalised(answer), capitalised(context))) {
      Set<String> names = new LinkedHashSet<>();
      found.stream().map(TextRules::strip).filter(name -> !name.isEmpty()).forEach(names::add);
      if (!names.isEmpty()) {
        return List.copyOf(names);
      }
    }
    return List.of();
  }

  private static List<String> strict(String answer) {
    try {
      Map<String, Object> object = StrictJson.object(answer);
      List<String> names = new ArrayList<>();
      if (object.get("entities") instanceof List<?> list) {
        for (Object item : list) {
          if (!(item instanceof String name)) {
            return List.of();
          }
          names.add(name);
        }
      }
      return names;
    } catch (Rejected rejected) {
      return List.of();
    }
  }

  private static List<String> loose(String answer) {
    Matcher list = LIST.matcher(answer);
    if (!list.find()) {
      return List.of();
    }
    return QUOTED
        .matcher(list.group(1))
        .results()
        .map(quoted -> quoted.group(1) != null ? quoted.group(1) : quoted.group(2))
        .toList();
  }

  private static List<String> capitalised(String text) {
    return NAMES.matcher(text).results().map(name -> name.group()).toList();
  }
}
