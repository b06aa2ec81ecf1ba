package org.seal4j.scripts.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.seal4j.scripts.recipe.YamlNode.Mapping;

/** What keys of earlier versions are called now, from {@code renamed-keys.txt}. */
final class RenamedKeys {
  private static final String REST = "*";
  private static final List<Renamed> ALL = read();

  private record Renamed(String old, String now) {
    Optional<String> of(String path) {
      if (!old.endsWith(REST)) {
        return path.equals(old) ? Optional.of(now) : Optional.empty();
      }
      String group = old.substring(0, old.length() - 1);
      return path.startsWith(group)
          ? Optional.of(now.substring(0, now.length() - 1) + path.substring(group.length()))
          : Optional.empty();
    }
  }

  private RenamedKeys() {}

  /**
   * The first key at or below this one that has another name now, in words.
   *
   * @param path of a key that is not known
   * @param node what stands there
   */
  static Optional<String> advice(String path, YamlNode node) {
    for (String leaf : leaves(path, node)) {
      Optional<String> now = ALL.stream().flatMap(renamed -> renamed.of(leaf).stream()).findFirst();
      if (now.isPresent()) {
        return Optional.of("'%s' is called '%s' now".formatted(leaf, now.get()));
      }
    }
    return Optional.empty();
  }

  /** New names by old ones, in the order of the file. */
  static Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    ALL.forEach(renamed -> lines.put(renamed.old, renamed.now));
    return lines;
  }

  private static List<String> leaves(String path, YamlNode node) {
    if (!(node instanceof Mapping mapping) || mapping.entries().isEmpty()) {
      return List.of(path);
    }
    List<String> leaves = new ArrayList<>();
    for (Map.Entry<String, YamlNode> entry : mapping.entries().entrySet()) {
      leaves.addAll(leaves(path + "." + entry.getKey(), entry.getValue()));
    }
    return leaves;
  }

  private static List<Renamed> read() {
    try (InputStream in = RenamedKeys.class.getResourceAsStream("renamed-keys.txt")) {
      String text =
          new String(
              Objects.requireNonNull(in, "renamed-keys.txt is missing from the jar").readAllBytes(),
              StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .map(words -> new Renamed(words[0], words[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
