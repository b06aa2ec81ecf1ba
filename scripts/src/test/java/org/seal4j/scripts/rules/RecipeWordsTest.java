package org.seal4j.scripts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.Vocabulary;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.serve.ServeKeys;

/**
 * One vocabulary: the keys that documents, help, messages and comments of recipes name are keys of
 * a recipe, in their spelling of today.
 */
class RecipeWordsTest {
  private static final Pattern PATH =
      Pattern.compile("(?<![\\w./:$-])[a-z][A-Za-z0-9]*(?:\\.[a-z][A-Za-z0-9]*)+(?![\\w/(-])");
  private static final Pattern SET = Pattern.compile("--set[ =]['\"]?([A-Za-z][A-Za-z0-9.]*)(?==)");
  private static final Pattern RUN = Pattern.compile("seal run ([a-z0-9-]+)((?: --set \\S+)+)");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
  private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|\\s)#(.*)$");
  private static final Pattern FILE =
      Pattern.compile(
          ".*\\.(arrow|arrows|json|yaml|yml|safetensors|gguf|md|txt|html|jar|flags|bin|tsv)");

  /** Values of {@code loop.selection} in version 0.1.0. */
  private static final Pattern OLD_VALUES =
      Pattern.compile("\\b(top_per_task|top_per_passage|positive_gain|all_positives)\\b");

  private static final Set<String> KEYS = new TreeSet<>();
  private static final Set<String> GROUPS = new TreeSet<>();

  /** Texts for people by where they stand. */
  private static final Map<String, String> TEXTS = new LinkedHashMap<>();

  @BeforeAll
  static void collect() throws IOException {
    Experiments.onClassPath().all().forEach(kind -> KEYS.addAll(Vocabulary.keys(kind)));
    KEYS.addAll(Vocabulary.settings(ServeKeys.class));
    KEYS.forEach(key -> GROUPS.add(key.split("\\.")[0]));
    for (Path file : Repository.files(".md")) {
      // the decision on chat templates names variables of Jinja, such as loop.index
      if (!file.toString().matches(".*(old-files|-jinja\\.md).*")) {
        TEXTS.put(name(file), Files.readString(file));
      }
    }
    for (Path file : Repository.files(".yaml")) {
      if (file.getParent().endsWith("recipes") && !file.toString().contains("old-files")) {
        TEXTS.put(name(file), joined(COMMENT, Files.readString(file)));
      }
    }
    for (Path file : Repository.files(".java")) {
      boolean main = file.toString().contains("/src/main/");
      if (main && !file.endsWith("WeightNames.java")) {
        TEXTS.put(name(file), joined(LITERAL, Files.readString(file)));
      }
    }
    for (String command : commands()) {
      TEXTS.put("seal " + command + " --help", help(command));
    }
  }

  private static String joined(Pattern pattern, String text) {
    return all(pattern, text).stream()
        .map(found -> found.group(1))
        .collect(Collectors.joining("\n"));
  }

  private static List<String> commands() {
    return all(Pattern.compile("(?m)^  ([a-z]+)  "), help("")).stream()
        .map(found -> found.group(1))
        .toList();
  }

  private static String help(String command) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    List<String> line = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command));
    line.add("--help");
    Seal seal = new Seal(Experiments.onClassPath(), Optional.empty(), (args, more) -> 99);
    assertThat(seal.run(line, out, out)).as(said.toString()).isZero();
    return said.toString();
  }

  @Test
  void every_key_that_a_text_names_is_a_key_of_a_recipe() {
    Map<String, String> unknown = new TreeMap<>();
    Set<String> named = new TreeSet<>();
    TEXTS.forEach(
        (place, text) -> {
          for (MatchResult found : all(PATH, text)) {
            String path = found.group();
            if (GROUPS.contains(path.split("\\.")[0]) && !isFileOrPackage(path)) {
              named.add(path);
              if (!isKey(path)) {
                unknown.put(path, place);
              }
            }
          }
        });
    assertThat(unknown).as("paths that no kind of recipe has, and where they stand").isEmpty();
    assertThat(named).hasSizeGreaterThan(60);
  }

  @Test
  void every_key_that_is_set_in_an_example_is_a_key_of_a_recipe() {
    Set<String> set = new TreeSet<>();
    TEXTS.values().forEach(text -> all(SET, text).forEach(found -> set.add(found.group(1))));
    set.removeAll(Set.of("key", "KEY")); // stand for any
    assertThat(KEYS).containsAll(set);
    assertThat(set).hasSizeGreaterThan(8);
  }

  @Test
  void every_key_that_an_example_of_a_run_sets_is_one_of_that_recipe() {
    RecipeBook book = RecipeBook.open(Optional.of(Repository.root()));
    int examples = 0;
    for (Map.Entry<String, String> text : TEXTS.entrySet()) {
      for (MatchResult run : all(RUN, text.getValue())) {
        String kind = book.load(run.group(1), List.of()).head().kind();
        Set<String> keys = Vocabulary.keys(Experiments.onClassPath().named(kind, "test"));
        List<String> set = all(SET, run.group(2)).stream().map(found -> found.group(1)).toList();
        assertThat(keys).as("%s: %s", text.getKey(), run.group()).containsAll(set);
        examples++;
      }
    }
    assertThat(examples).isGreaterThan(8);
  }

  @Test
  void no_text_uses_a_spelling_of_an_earlier_version() {
    List<String> old = new ArrayList<>();
    TEXTS.forEach(
        (place, text) -> {
          for (MatchResult found : all(PATH, text)) {
            Vocabulary.renamed().stream()
                .filter(renamed -> isOld(renamed.old(), found.group()))
                .forEach(renamed -> old.add(place + ": " + found.group()));
          }
          all(OLD_VALUES, text).forEach(found -> old.add(place + ": " + found.group()));
        });
    assertThat(old).isEmpty();
  }

  /** Single words are left out: most are names of other things too. */
  private static boolean isOld(String spelling, String path) {
    return spelling.endsWith(".*")
        ? path.startsWith(spelling.substring(0, spelling.length() - 1)) && !isKey(path)
        : path.equals(spelling);
  }

  /** A key, or a name below one whose names are free. */
  private static boolean isKey(String path) {
    return KEYS.contains(path) || path.startsWith("prompts.kinds.");
  }

  private static boolean isFileOrPackage(String path) {
    return FILE.matcher(path).matches() || isPackage(path);
  }

  private static boolean isPackage(String path) {
    return Files.isDirectory(
        Repository.root()
            .resolve(path.substring(0, path.indexOf('.')))
            .resolve("src/main/java/org/seal4j")
            .resolve(path.replace('.', '/')));
  }

  private static List<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static String name(Path file) {
    return Repository.root().relativize(file).toString();
  }
}
