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
        "{\"rank\": 1, \"alpha\": 2, \"rnk\": 3}  | key 'rnk': this key is unknown; known here are [alpha, rank]",
        "{\"rank\": 1, \"rank\": 2, \"alpha\": 3} | Duplicate field 'rank'",
        "{\"rank\": 1}                           | key 'alpha': this key is missing",
        "{\"rank\": 1, \"alpha\": null}           | key 'alpha': Cannot map `null` into type `double`",
        "{\"rank\": 1.5, \"alpha\": 1}            | key 'rank': Cannot coerce Floating-point value (1.5) to `int` value",
        "{\"rank\": \"1\", \"alpha\": 1}          | key 'rank': Cannot coerce String value (\"1\") to `int` value",
        "{\"rank\": 0, \"alpha\": 1}              | rank must be >= 1 but was 0",
        "{\"rank\": 1, \"alpha\": 1} {}           | something follows the end of the JSON value",
        "{\"rank\": 1, \"alpha\": 1               | Unexpected end-of-input",
        "``                                      | No content to map"
      })
  void what_is_not_exactly_the_record_is_refused_with_its_place(String text, String message) {
    assertThatThrownBy(() -> Json.parse(text, Inner.class, "x.json"))
        .isInstanceOf(InputException.class)
        .hasMessageMatching("(?s)x\\.json, line 1, column \\d+(, key '\\w+')?: .*")
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n", "Feature", "Coercion", "REDACTED");
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
        .hasMessage("%s is not UTF-8 text", file);
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
}
