package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;

/** Tokenizers that are written to hold a program up, or to fill its memory. */
class HostileTokenizerTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofSeconds(40);
  private static final String TEXT = "ab ".repeat(10_000) + "a".repeat(10_000) + "!";

  @TempDir private Path folder;

  @BeforeEach
  void train_a_tokenizer() {
    BpeTrainerConfig config =
        new BpeTrainerConfig(BpeTrainerConfig.Alphabet.BYTES, 259, 1, List.of("<s>"), "", "");
    BpeTrainer.train(List.of("ab ab ab"), config).write(folder);
  }

  private Tokenizer with(String key, String step) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    ObjectNode root = (ObjectNode) MAPPER.readTree(file.toFile());
    root.set(key, MAPPER.readTree(step));
    Files.writeString(file, MAPPER.writeValueAsString(root));
    return Tokenizers.load(folder);
  }

  private static String split(String expression) throws IOException {
    return "{\"type\": \"Split\", \"pattern\": {\"Regex\": %s}, \"behavior\": \"Isolated\"}"
        .formatted(MAPPER.writeValueAsString(expression));
  }

  private static String replace(String text, String by) {
    return "{\"type\": \"Replace\", \"pattern\": {\"String\": \"%s\"}, \"content\": \"%s\"}"
        .formatted(text, by);
  }

  private static String sequence(String type, String step, int times) {
    return "{\"type\": \"Sequence\", \"%s\": [%s]}"
        .formatted(type, String.join(", ", Collections.nCopies(times, step)));
  }

  private static void assertRefused(Runnable action, String message) {
    assertTimeoutPreemptively(
        LONGEST,
        () ->
            assertThatThrownBy(action::run)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message));
  }

  @Test
  void an_expression_with_a_choice_per_character_overflows_no_stack() throws IOException {
    Tokenizer tokenizer = with("pre_tokenizer", split("([a-z]|b)+"));
    String text = "ab".repeat(20_000);
    assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
  }

  @Test
  @Tag("slow")
  void an_expression_that_tries_for_ever_is_refused() throws IOException {
    Tokenizer tokenizer = with("pre_tokenizer", split("(a+)+[?-]|(?:a|a)+\\?"));
    assertRefused(
        () -> tokenizer.encode(TEXT + "?-"),
        "/pre_tokenizer/pattern/Regex: the regular expression");
  }

  @Test
  @Tag("slow")
  void many_short_pieces_share_the_time_of_one_text() throws IOException {
    String cut = split("[^;]{60}");
    String slow = split("(?:x|y|x)*z|(x+x+)+[;z]");
    Tokenizer tokenizer =
        with(
            "pre_tokenizer",
            "{\"type\": \"Sequence\", \"pretokenizers\": [%s, %s]}".formatted(cut, slow));
    assertRefused(() -> tokenizer.encode("x".repeat(120_000) + ";z"), "takes more than 2 s");
  }

  @Test
  void replacements_in_a_row_that_double_a_text_are_refused() throws IOException {
    Tokenizer tokenizer = with("normalizer", sequence("normalizers", replace("a", "aa"), 30));
    assertRefused(() -> tokenizer.encode(TEXT), "rewrites a text of");
    String nested = replace("a", "aaaaaaaa");
    for (int i = 0; i < 20; i++) {
      nested = sequence("normalizers", nested + ", " + replace("a", "aaaa"), 1);
    }
    Tokenizer inner = with("normalizer", nested);
    assertRefused(() -> inner.encode(TEXT), "rewrites a text of");
  }

  @Test
  void one_replacement_that_is_very_long_is_refused() throws IOException {
    Tokenizer tokenizer = with("normalizer", replace("a", "x".repeat(1_000_000)));
    assertRefused(() -> tokenizer.encode(TEXT), "rewrites a text of");
    Tokenizer prefix =
        with(
            "normalizer",
            "{\"type\": \"Prepend\", \"prepend\": \"%s\"}".formatted("x".repeat(1_000_000)));
    assertRefused(() -> prefix.encode("ab"), "rewrites a text of 2 characters");
  }

  @Test
  void decoders_and_pre_tokenizers_cannot_grow_a_text_either() throws IOException {
    String bytes = "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"use_regex\": false}";
    Tokenizer cut = with("pre_tokenizer", sequence("pretokenizers", bytes, 30));
    assertRefused(() -> cut.encode("é".repeat(1_000)), "rewrites a text of");
    with("pre_tokenizer", bytes);
    Tokenizer decoding = with("decoder", sequence("decoders", replace("a", "aa"), 30));
    int[] ids = new int[2_000];
    Arrays.fill(ids, decoding.id("a").orElseThrow());
    assertRefused(() -> decoding.decode(ids), "rewrites a text of");
  }

  @Test
  void steps_tokens_and_expressions_have_limits() throws IOException {
    assertRefused(
        () -> load("normalizer", sequence("normalizers", "{\"type\": \"NFC\"}", 33)),
        "at most 32 steps");
    assertRefused(
        () -> load("normalizer", "[".repeat(3_000) + "]".repeat(3_000)), "nested deeper than 1000");
    assertRefused(
        () -> load("pre_tokenizer", quietly("(".repeat(9_000) + ")".repeat(9_000))),
        "is no regular expression that can be read");
    assertRefused(
        () ->
            load(
                "added_tokens",
                "[{\"id\": 259, \"content\": \"%s\"}]".formatted("y".repeat(2_049))),
        "a token has 2,049 characters");
  }

  private static String quietly(String expression) {
    try {
      return split(expression);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void load(String key, String json) {
    try {
      Path file = folder.resolve("tokenizer.json");
      ObjectNode root = (ObjectNode) MAPPER.readTree(file.toFile());
      root.put(key, "HERE");
      Files.writeString(file, MAPPER.writeValueAsString(root).replace("\"HERE\"", json));
      Tokenizers.load(folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      train_a_tokenizer();
    }
  }

  @Test
  @Tag("slow")
  void a_hundred_thousand_added_tokens_cost_no_more_than_one() throws IOException {
    StringBuilder tokens = new StringBuilder("[");
    for (int i = 0; i < 100_000; i++) {
      tokens.append(i == 0 ? "" : ",").append("{\"id\": ").append(300 + i);
      tokens.append(", \"content\": \"aaaaaaaaaaaaaaaa").append(i).append("z\"}");
    }
    Tokenizer tokenizer = with("added_tokens", tokens.append("]").toString());
    assertTimeoutPreemptively(
        LONGEST, () -> assertThat(tokenizer.encode("a".repeat(20_000) + "77z")).contains(377));
  }
}
