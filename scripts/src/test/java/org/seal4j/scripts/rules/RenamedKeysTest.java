package org.seal4j.scripts.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.data.check.InputException;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.Vocabulary;
import org.seal4j.scripts.recipe.Vocabulary.Renamed;
import org.seal4j.scripts.run.Experiments;

/** A recipe with a key of an earlier version is told the key of today. */
class RenamedKeysTest {
  private static final RecipeBook BOOK = RecipeBook.open(Optional.of(Repository.root()));
  private static final Experiments KINDS = Experiments.onClassPath();

  /** The kind of each recipe and the keys of each kind, which no case changes. */
  private static final Map<String, Experiment<?>> KIND_OF = new TreeMap<>();

  private static final Map<Experiment<?>, Set<String>> KEYS = new HashMap<>();

  @BeforeAll
  static void look_at_every_recipe_once() {
    for (String recipe : BOOK.names()) {
      String kind = BOOK.load(recipe, List.of()).head().kind();
      KIND_OF.put(recipe, KINDS.named(kind, "test"));
    }
    KIND_OF.values().forEach(kind -> KEYS.computeIfAbsent(kind, Vocabulary::keys));
  }

  static List<Renamed> renamed() {
    return Vocabulary.renamed();
  }

  @Test
  void keys_were_renamed() {
    assertThat(renamed()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("renamed")
  @Tag("slow")
  void a_former_key_is_refused_with_one_sentence_that_names_the_key_of_today(Renamed line) {
    int recipes = 0;
    for (String recipe : KIND_OF.keySet()) {
      Experiment<?> kind = KIND_OF.get(recipe);
      Optional<String> now = newKey(line, kind);
      if (now.isPresent()) {
        String old = line.old().replace("*", last(line, now.get()));
        InputException refused =
            catchThrowableOfType(
                InputException.class,
                () -> BOOK.load(recipe, List.of(old + "=1")).bind(kind.keys()));
        assertThat(refused).as("%s with %s", recipe, old).isNotNull();
        assertThat(refused.getMessage())
            .hasLineCount(1)
            .endsWith(
                "unknown key '%s'; '%s' is called '%s' now"
                    .formatted(top(old, kind), old, now.get()));
        recipes++;
      }
    }
    assertThat(recipes)
        .as("recipes whose kind has %s and not %s", line.now(), line.old())
        .isPositive();
  }

  /** The key of today in this kind, where it has no key of the old name. */
  private static Optional<String> newKey(Renamed line, Experiment<?> kind) {
    String start = line.now().replace("*", "");
    return KEYS.get(kind).stream()
        .filter(key -> line.now().endsWith("*") ? key.startsWith(start) : key.equals(start))
        .filter(key -> !KEYS.get(kind).contains(line.old().replace("*", last(line, key))))
        .filter(key -> isFirstLine(line, line.old().replace("*", last(line, key))))
        .findFirst();
  }

  /** Whether no line above this one says what the old key is called now. */
  private static boolean isFirstLine(Renamed line, String old) {
    return renamed().stream()
        .filter(
            above ->
                above.old().endsWith("*")
                    ? old.startsWith(above.old().replace("*", ""))
                    : old.equals(above.old()))
        .findFirst()
        .orElseThrow()
        .equals(line);
  }

  /** What {@code *} stands for. */
  private static String last(Renamed line, String now) {
    return line.now().endsWith("*") ? now.substring(line.now().length() - 1) : "";
  }

  /** The first part of the old key that the kind does not know. */
  private static String top(String old, Experiment<?> kind) {
    String path = "";
    for (String part : old.split("\\.")) {
      path = path.isEmpty() ? part : path + "." + part;
      if (!KEYS.get(kind).contains(path)) {
        return path;
      }
    }
    return path;
  }
}
