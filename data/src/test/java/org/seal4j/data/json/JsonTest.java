package org.seal4j.data.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

class JsonTest {
  record Inner(int rank, double alpha) {
    Inner {
      Checks.require(rank >= 1, "rank must be >= 1 but was %d", rank);
    }
  }

  record Outer(String name, List<Inner> inner, boolean on) {}

  private static final Outer OUTER =
      new Outer("ß\n", List.of(new Inner(8, 16), new Inner(1, 0.1)), true);

  @TempDir Path folder;

  @Test
  void a_file_gives_back_the_record_that_was_written() {
    Path file = folder.resolve("a.json");
    Json.write(file, OUTER);
    assertThat(Json.read(file, Outer.class)).isEqualTo(OUTER);
  }

  @Test
  void the_text_is_indented_and_ends_with_a_line_feed_on_every_system() {
    assertThat(Json.pretty(OUTER))
        .isEqualTo(
            """
            {
              "name": "ß\\n",
              "inner": [
                {
                  "rank": 8,
                  "alpha": 16.0
                },
                {
                  "rank": 1,
                  "alpha": 0.1
                }
              ],
              "on": true
            }
            """);
    assertThat(Json.pretty(Map.of("a", List.of(), "b", Map.of())))
        .isEqualTo("{\n  \"a\": [],\n  \"b\": {}\n}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"rank\": 1, \"alpha\": 2, \"rnk\": 3}  | key 'rnk': this key is unknown; known here are"
            + " [alpha, rank]",
        "{\"rank\": 1, \"rank\": 2, \"alpha\": 3} | the key 'rank' is given twice",
        "{\"rank\": 1}                           | key 'alpha': this key is missing",
        "{\"rank\": 1, \"alpha\": null}           | key 'alpha': null stands here; expected a"
            + " number",
        "{\"rank\": 1.5, \"alpha\": 1}            | key 'rank': a number with a fraction stands"
            + " here; expected a whole number",
        "{\"rank\": \"1\", \"alpha\": 1}          | key 'rank': a text stands here; expected a"
            + " whole number",
        "{\"rank\": 0, \"alpha\": 1}              | rank must be >= 1 but was 0",
        "{\"rank\": 1, \"alpha\": 1} {}           | something follows the end of the JSON value",
        "{\"rank\": 1, \"alpha\": 1               | the text ends, but the object that begins in"
            + " line 1, column 1 is not closed",
        "``                                      | there is nothing; expected one JSON value"
      })
  void what_is_not_exactly_the_record_is_refused_with_its_place(String text, String message) {
    assertThatThrownBy(() -> Json.parse(text, Inner.class, "x.json"))
        .isInstanceOf(InputException.class)
        .hasMessageMatching("(?s)x\\.json, line 1, column \\d+(, key '\\w+')?: .*")
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n", "Feature", "Coercion", "REDACTED", "`", "java.");
  }

  @Test
  void a_refusal_names_line_and_key_of_a_nested_value() {
    String text =
        "{\n \"name\": \"n\", \"on\": true,\n \"inner\": [\n  {\"rank\": 1, \"alpha\": true}]}";
    assertThatThrownBy(() -> Json.parse(text, Outer.class, "x.json"))
        .hasMessageStartingWith("x.json, line 4, column 24, key 'inner[0].alpha': ");
  }

  @Test
  void a_component_that_is_null_is_refused() {
    assertThatThrownBy(
            () -> Json.parse("{\"name\": null, \"inner\": [], \"on\": true}", Outer.class, "x"))
        .hasMessageEndingWith("key 'name': the value is null");
  }

  @Test
  void a_missing_file_and_one_that_is_not_text_are_one_sentence() throws IOException {
    Path file = folder.resolve("a.json");
    assertThatThrownBy(() -> Json.read(file, Inner.class))
        .isInstanceOf(InputException.class)
        .hasMessage("cannot read %s: no such file", file);
    Files.write(file, new byte[] {'"', (byte) 0xC3, '"'});
    assertThatThrownBy(() -> Json.read(file, JsonNode.class))
        .hasMessage(
            "%s is not UTF-8 text: in line 1, byte 1 (0xC3) begins no character; save it as UTF-8",
            file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": [1, 2}        | '}' closes what was not opened",
        "{\"a\": [1 2]}        | '2' stands where a comma or ']' belongs",
        "{\"a\": 1 \"b\": 2}   | '\"' stands where a comma or '}' belongs",
        "{\"a\" 1}             | '1' stands where a colon belongs",
        "{a: 1}                | 'a' stands where a key in double quotes belongs",
        "{\"a\": nul}          | 'nul' is no JSON value",
        "{\"a\": True}         | 'True' is no JSON value",
        "{\"a\": .5}           | '.' stands where a value belongs",
        "{\"a\": 01}           | a number is not written as JSON writes numbers",
        "{\"a\": 1.}           | a number is not written as JSON writes numbers",
        "{\"a\": 1e}           | a number is not written as JSON writes numbers",
        "{\"a\": +1}           | a number is not written as JSON writes numbers",
        "{\"a\": \"\\q\"}      | a text holds the escape \\q, which JSON does not have",
        "{\"a\": 1} // no      | '/' stands there; JSON has no comments",
        "{\"a\": 1,}           | '}' stands where a key in double quotes belongs",
        "[1,]                  | ']' stands where a value belongs"
      })
  void a_fault_of_the_text_is_said_in_words(String text, String message) {
    assertThatThrownBy(() -> Json.parse(text, JsonNode.class, "x.json"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("x.json, line 1, column ")
        .hasMessageContaining(message);
    assertThatThrownBy(() -> Json.parse(text, Inner.class, "x.json"))
        .isInstanceOf(InputException.class)
        .message()
        .doesNotContain("Feature", "Jackson", "oken", "code ", "`", "java.");
  }

  @Test
  void what_is_too_deep_too_long_or_several_values_is_said_in_words() {
    assertFault("[".repeat(2000), "nested deeper than 1000 levels");
    assertFault("[" + "9".repeat(2000) + "]", "a number has more than 1000 digits");
    assertFault("{\"" + "k".repeat(60_000) + "\": 1}", "a key has more than 50000 characters");
    assertFault("{\"a\": 1}\n{\"a\": 2}\n", "it has one value a line (JSON lines)");
    assertFault("[\"tab\there\"]", "a text holds a control character");
    assertFault("[1]\u0000", "a control character stands between the values");
  }

  private static void assertFault(String text, String message) {
    assertThatThrownBy(() -> Json.parse(text, JsonNode.class, "x.json"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("Stream", "Feature", "`");
  }

  @Test
  void a_number_that_is_none_passes_where_it_is_not_used_and_is_refused_by_its_key_where_it_is()
      throws IOException {
    Path file = folder.resolve("a.json");
    Files.writeString(file, "{\"used\": 1, \"a\": NaN, \"b\": -Infinity, \"c\": 1e999}");
    assertThat(JsonField.read(file).member("used").count()).isEqualTo(1);
    assertThat(new JsonKeys(file, Json.read(file, JsonNode.class)).count("used")).isEqualTo(1);
    assertThatThrownBy(() -> JsonField.read(file).member("a").number())
        .hasMessage(file + ": /a is NaN; expected a number");
    assertThatThrownBy(() -> new JsonKeys(file, Json.read(file, JsonNode.class)).number("b"))
        .hasMessage(file + ": b must be a number but is -Infinity");
    assertThatThrownBy(() -> JsonField.read(file).member("c").number())
        .hasMessage(file + ": /c is Infinity; expected a number");
    assertThatThrownBy(() -> Json.parse("{\"rank\": 1, \"alpha\": NaN}", Inner.class, "x"))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("NaN is not a number that a file may hold here");
  }

  @Test
  void null_in_a_list_of_a_record_and_as_a_whole_is_refused() {
    assertThatThrownBy(
            () ->
                Json.parse("{\"name\": \"n\", \"inner\": [null], \"on\": true}", Outer.class, "x"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("key 'inner[0]': the value is null");
    assertThatThrownBy(() -> Json.parse("null", Outer.class, "x"))
        .isInstanceOf(InputException.class)
        .hasMessage("x: the whole of it is null");
  }

  @Test
  void half_of_a_surrogate_pair_is_no_text() throws IOException {
    Path file = folder.resolve("a.json");
    Files.writeString(file, "{\"a\": \"x\\ud800y\", \"b\": \"\\ud83d\\ude00\"}");
    assertThat(JsonField.read(file).member("b").text()).isEqualTo("😀");
    assertThatThrownBy(() -> JsonField.read(file).member("a").text())
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": /a is \"x\\ud800y\"; expected a text without half of a surrogate pair, which"
                + " UTF-8 cannot hold");
  }

  @Test
  void sets_and_maps_without_an_order_are_written_by_text_and_others_in_their_own() {
    Set<String> unordered = Set.of("q", "w", "e", "r", "t", "y", "u", "i", "o", "p");
    assertThat(Json.pretty(unordered).replaceAll("[^a-z]", "")).isEqualTo("eiopqrtuwy");
    Map<String, Integer> hashed = new HashMap<>();
    unordered.forEach(key -> hashed.put(key, 1));
    assertThat(Json.pretty(hashed).replaceAll("[^a-z]", "")).isEqualTo("eiopqrtuwy");
    assertThat(Json.pretty(Map.copyOf(hashed))).isEqualTo(Json.pretty(hashed));
    assertThat(Json.pretty(new LinkedHashSet<>(List.of("b", "c", "a"))).replaceAll("[^a-z]", ""))
        .isEqualTo("bca");
    Map<String, Integer> linked = new LinkedHashMap<>();
    List.of("b", "c", "a").forEach(key -> linked.put(key, 1));
    assertThat(Json.pretty(linked).replaceAll("[^a-z]", "")).isEqualTo("bca");
  }

  @Test
  void a_record_becomes_a_map_in_the_order_of_its_components() {
    Map<String, Object> map = Json.toMap(OUTER);
    assertThat(map.keySet()).containsExactly("name", "inner", "on");
    assertThat(map.get("inner"))
        .isEqualTo(List.of(Map.of("rank", 8L, "alpha", 16.0), Map.of("rank", 1L, "alpha", 0.1)));
  }

  /** 'Aa' and 'B@' count alike in simple hashes, and so does every row of them of one length. */
  private static String keysOfEqualHashes(int length) {
    StringBuilder keys = new StringBuilder("{\"x\": 0");
    for (int i = 0; i < 1 << length; i++) {
      keys.append(", \"");
      for (int bit = 0; bit < length; bit++) {
        keys.append((i >> bit & 1) == 0 ? "Aa" : "B@");
      }
      keys.append("\": ").append(i);
    }
    return keys.append("}").toString();
  }

  @Test
  void keys_of_equal_hashes_are_read_as_any_others() {
    JsonNode tree = Json.parse(keysOfEqualHashes(12), JsonNode.class, "keys");
    assertThat(tree.size()).isEqualTo(4097);
    assertThat(tree.path("Aa".repeat(12)).intValue()).isZero();
    assertThat(tree.path("B@".repeat(12)).intValue()).isEqualTo(4095);
    assertThat(Json.parse(keysOfEqualHashes(9), Map.class, "keys").size()).isEqualTo(513);
  }
}
