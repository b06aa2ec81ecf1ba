package org.seal4j.scripts.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.testing.Fuzz;

/** Recipes that are no recipes: one sentence with file and line, soon. */
class HostileRecipeTest {
  private static final List<String> PIECES =
      List.of(
          "null",
          "~",
          "[]",
          "{}",
          "[",
          "{",
          "]",
          "}",
          ": ",
          "- ",
          "? ",
          "&a ",
          "*a",
          "!!x ",
          "! ",
          "%",
          "@",
          "`",
          "\"",
          "'",
          "|\n",
          ">\n",
          "\t",
          "\n",
          "---\n",
          "...\n",
          "\u0000",
          "\u001b",
          "\ufeff",
          "\u0085",
          "\u2028",
          "\\x4",
          "1e999",
          "-1",
          ".inf",
          ".nan",
          "0x1F",
          "1_0",
          "# ",
          "<<: ",
          "extends: toy\n",
          "width: 1\n",
          "9".repeat(3000),
          "[".repeat(200),
          "{a: ".repeat(100),
          "a\n ".repeat(500),
          "\ud83d\ude00",
          "x".repeat(5000));

  @TempDir Path folder;

  private Toy read(byte[] bytes) throws IOException {
    Files.writeString(folder.resolve("toy.yaml"), Toy.YAML);
    Path file = Files.write(folder.resolve("mine.yaml"), bytes);
    return RecipeBook.ofFolder(folder).load(file.toString(), List.of()).bind(Toy.class);
  }

  @Test
  @Tag("slow")
  void damaged_recipes_are_read_or_refused_in_one_sentence() {
    byte[] sound = Toy.YAML.getBytes(StandardCharsets.UTF_8);
    Map<String, Integer> outcomes =
        Fuzz.run("recipes", 500, rng -> Fuzz.damaged(sound, PIECES, rng), this::read);
    assertThat(outcomes.get("refused")).isPositive();
    assertThat(outcomes.get("read")).isPositive();
  }

  @Test
  @Tag("slow")
  void damaged_values_of_set_are_read_or_refused_in_one_sentence() {
    byte[] sound = "stages=[{name: a, rounds: 1}]".getBytes(StandardCharsets.UTF_8);
    Fuzz.run(
        "set",
        500,
        rng -> Fuzz.damaged(sound, PIECES, rng),
        bytes -> {
          Files.writeString(folder.resolve("toy.yaml"), Toy.YAML);
          String set = new String(bytes, StandardCharsets.UTF_8);
          RecipeBook.ofFolder(folder).load("toy", List.of(set)).bind(Toy.class);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: 1\\n\\tb: 2      | 2: not valid YAML: a tab stands where only blanks may indent",
        "a: @b               | 1: not valid YAML: a value cannot begin with @; put it in quotes",
        "a: \"b\\nc: 1       | 1: not valid YAML: a text in quotes is opened but not closed",
        "a: b: c             | 1: not valid YAML: a second ':' makes no sense in one line",
        "a: \"\\q\"          | 1: not valid YAML: a text in double quotes holds the escape \\q",
        "a: [1, 2\\nb: 3     | 2: not valid YAML: a list or group that is opened needs a ','",
        "a: 1\\n b: 2        | 2: not valid YAML: a second ':' makes no sense in one line",
        "a:\\n  b: 1\\n c: 2 | 3: not valid YAML: this line is indented otherwise",
        "a: 1\\nb            | 2: not valid YAML: a key stands here without ':' and a value",
        "a: - b              | 1: not valid YAML: a list cannot begin with '-' here",
        "[a]: 1              | 1: not valid YAML: a key must be a word",
        "a: 1\\na: 2         | 2: not valid YAML: the key 'a' is written twice",
        "a: &x [1]           | 1: YAML anchors and aliases are not used in recipes",
        "a: *x               | 1: YAML anchors and aliases are not used in recipes",
        "a: !!str 1          | 1: YAML tags such as '!tag:yaml.org,2002:str' are not used",
        "a: !mine [1]        | 1: YAML tags such as '!mine' are not used in recipes",
        "a: 1\\n---\\nb: 2   | 3: one YAML document expected, more found"
      })
  void a_fault_of_the_text_is_said_in_words_with_its_line(String text, String message) {
    byte[] bytes = text.replace("\\n", "\n").replace("\\t", "\t").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mine.yaml:" + message);
  }

  @Test
  void a_recipe_is_UTF_8_with_or_without_a_mark_of_some_length_and_depth() throws IOException {
    assertThat(read(("\ufeff" + Toy.YAML).getBytes(StandardCharsets.UTF_8))).isEqualTo(Toy.READ);
    assertThatThrownBy(() -> read(Toy.YAML.getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("mine.yaml is UTF-16 text, not UTF-8 text; save it as UTF-8");
    assertThatThrownBy(() -> read((Toy.YAML + "x: \u001b[2J").getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("not valid YAML: it holds a control character");
    assertThatThrownBy(() -> read(("a: " + "[".repeat(60)).getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("mine.yaml:1: nested deeper than 50 levels");
    assertThatThrownBy(() -> read(("a: " + "b ".repeat(200_000)).getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("has 400003 bytes; a file of this kind has at most 262144");
  }

  @Test
  void a_long_row_of_digits_that_is_no_number_is_refused_at_once() {
    String digits = "1".repeat(250_000);
    for (String odd : List.of(digits + "x", "." + digits + "x", digits + "." + digits, digits)) {
      long before = System.nanoTime();
      assertThatThrownBy(
              () ->
                  read(
                      Toy.YAML
                          .replace("rate: 1e-3", "rate: " + odd)
                          .getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(InputException.class)
          .message()
          .hasSizeLessThan(400);
      assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
    }
  }
}
