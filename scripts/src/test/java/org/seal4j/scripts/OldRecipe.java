package org.seal4j.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.seal4j.data.check.InputException;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.run.Experiments;

/** A recipe in the spelling of an older version, read by the records of today. */
final class OldRecipe {
  private static final Pattern QUOTED = Pattern.compile("'([A-Za-z0-9]+(?:\\.[A-Za-z0-9]+)*)'");
  private static final RecipeBook BOOK = RecipeBook.open(Optional.of(Repository.root()));

  private final Path file;

  OldRecipe(Path file) {
    this.file = file;
  }

  /** Why it is refused today; empty where it is read. */
  Optional<String> refusal() {
    try {
      effective(file.toString());
      return Optional.empty();
    } catch (InputException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Read, or refused with one sentence. Read means that each value which the file gives stands in
   * the effective configuration. A refusal is one line that names, in quotes, a key of the file and
   * a key of today which the file's version did not have.
   */
  void requireReadOrRefused() throws IOException {
    Map<String, String> written = values(Files.readString(file));
    written.remove("extends");
    Optional<String> refusal = refusal();
    if (refusal.isEmpty()) {
      assertThat(values(effective(file.toString()))).containsAllEntriesOf(written);
      return;
    }
    requireNamesNewKey(refusal.get(), keys(written), keys(today(written)));
  }

  /** Fails where the sentence does not lead from a former key to a new one. */
  static void requireNamesNewKey(String sentence, Set<String> former, Set<String> today) {
    List<String> named = QUOTED.matcher(sentence).results().map(OldRecipe::word).toList();
    Set<String> added = new TreeSet<>(today);
    added.removeAll(former);
    assertThat(sentence).hasLineCount(1);
    assertThat(named).as("a key of the file, in: %s", sentence).containsAnyElementsOf(former);
    assertThat(named).as("a key of today, in: %s", sentence).containsAnyElementsOf(added);
  }

  private static String word(MatchResult match) {
    return match.group(1);
  }

  /** All keys of the shipped recipe of the same name. */
  private static Map<String, String> today(Map<String, String> written) throws IOException {
    return values(effective(String.valueOf(written.get("recipe"))));
  }

  private static String effective(String nameOrPath) {
    RecipeDraft draft = BOOK.load(nameOrPath, List.of());
    Experiment<?> kind = Experiments.onClassPath().named(draft.head().kind(), draft.kindPlace());
    return draft.effectiveYaml(draft.bind(kind.keys()));
  }

  /** Values by path, such as {@code model.dim}. */
  private static Map<String, String> values(String yaml) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    collect("", new YAMLMapper().readTree(yaml), values);
    return values;
  }

  private static void collect(String path, JsonNode node, Map<String, String> values) {
    if (!node.isObject() || node.isEmpty()) {
      values.put(path, node.toString().replaceAll("^\"|\"$", ""));
    }
    node.properties()
        .forEach(
            entry ->
                collect(
                    path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                    entry.getValue(),
                    values));
  }

  /** The paths of values and of the groups around them. */
  private static Set<String> keys(Map<String, String> values) {
    Set<String> keys = new TreeSet<>();
    for (String path : values.keySet()) {
      List<String> parts = new ArrayList<>();
      for (String part : path.split("\\.")) {
        parts.add(part);
        keys.add(String.join(".", parts));
      }
    }
    return keys;
  }
}
