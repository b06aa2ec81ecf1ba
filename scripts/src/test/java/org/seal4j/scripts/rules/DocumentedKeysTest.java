package org.seal4j.scripts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.recipe.RecipeHead;
import org.seal4j.scripts.recipe.Vocabulary;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.serve.ServeKeys;

/** Every key of a recipe has a sentence in the Javadoc of its record, numbers with their unit. */
class DocumentedKeysTest {
  private static final int FEWEST_LETTERS = 8;
  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, long.class, double.class, Integer.class, Long.class, Double.class);

  /** What a number counts or measures, or the range of one that has no unit. */
  private static final Pattern UNIT =
      Pattern.compile(
          "\\b(steps?|tokens?|share|seconds?|sequences|texts?|passages?|tasks?|contexts?|self-edits?"
              + "|questions?|persons?|names|rounds|passes|trainings|adapters?|layers|heads?|rank"
              + "|width|height|cells|rows|columns|grids|pairs|demonstrations|parts|attempts?|times"
              + "|how often|number|rate|factor|weight|divisor|numerator|base|norm|deviation|size"
              + "|seed|scale|drop|halvings|orders|lists|statements|fits)\\b|[\\[(][01], ");

  @Test
  @Tag("slow")
  void every_component_that_a_recipe_sets_has_a_sentence() throws IOException {
    List<String> missing = new ArrayList<>();
    List<String> withoutUnit = new ArrayList<>();
    int components = 0;
    for (Class<?> type : records()) {
      String javadoc = javadoc(type);
      for (RecordComponent component : type.getRecordComponents()) {
        components++;
        String name = type.getSimpleName() + "." + component.getName();
        String sentence = sentence(javadoc, component.getName()).orElse("");
        if (sentence.length() < FEWEST_LETTERS) {
          missing.add(name + ": '" + sentence + "'");
        } else if (NUMBERS.contains(component.getType()) && !UNIT.matcher(sentence).find()) {
          withoutUnit.add(name + ": '" + sentence + "'");
        }
      }
    }
    assertThat(missing).as("components without a sentence after @param").isEmpty();
    assertThat(withoutUnit).as("numbers whose sentence names no unit and no range").isEmpty();
    assertThat(components).isGreaterThan(150);
  }

  @Test
  void a_sentence_is_read_across_lines_and_ends_at_the_next_tag() {
    String javadoc =
        " * What.\n *\n * @param one so many\n *     steps\n * @param two\n * @param three x\n ";
    assertThat(sentence(javadoc, "one")).contains("so many steps");
    assertThat(sentence(javadoc, "two")).contains("");
    assertThat(sentence(javadoc, "three")).contains("x");
    assertThat(sentence(javadoc, "four")).isEmpty();
  }

  private static Set<Class<?>> records() {
    Set<Class<?>> records = new LinkedHashSet<>(Set.of(RecipeHead.class));
    Experiments.onClassPath().all().forEach(kind -> records.addAll(Vocabulary.records(kind)));
    records.addAll(Vocabulary.settingRecords(ServeKeys.class));
    return records;
  }

  /** The comment before the declaration of a record. */
  private static String javadoc(Class<?> type) throws IOException {
    Matcher declared =
        Pattern.compile(
                "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s+)*(?:public |private |static )*record "
                    + type.getSimpleName()
                    + "\\(",
                Pattern.DOTALL)
            .matcher(Files.readString(source(type)));
    return declared.find() ? declared.group(1) : "";
  }

  private static Path source(Class<?> type) throws IOException {
    Class<?> outermost = type.getNestHost();
    String path = "src/main/java/" + outermost.getName().replace('.', '/') + ".java";
    return Repository.files(outermost.getSimpleName() + ".java").stream()
        .filter(file -> file.endsWith(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no source of " + type));
  }

  private static Optional<String> sentence(String javadoc, String component) {
    for (String tag : javadoc.replaceAll("\\s*\\n\\s*\\*\\s*", " ").split(" @")) {
      if (tag.matches("(?s)param " + component + "\\b.*")) {
        return Optional.of(tag.substring(("param " + component).length()).strip());
      }
    }
    return Optional.empty();
  }
}
