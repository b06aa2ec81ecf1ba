package org.seal4j.lora.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.generate.TokenMask;

class JsonGrammarTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20260101L);

  /** All characters of ASCII, pieces of several, a half of a character, and a special token. */
  private static final List<String> PIECES =
      List.of(
          "{\"",
          "\":",
          "\", \"",
          "}\n",
          "}}",
          "]}",
          " {",
          "true",
          "nul",
          "-1",
          "0.",
          "e+",
          "\\u00",
          "ab\\",
          "\uFFFD",
          "\uFFFD\"",
          "é",
          "[[",
          "  ",
          "\n\n",
          "");

  private static final List<String> ASCII =
      IntStream.range(0, 128).mapToObj(c -> "" + (char) c).toList();

  private static final Words WORDS =
      new Words(Stream.concat(ASCII.stream(), PIECES.stream()).toList());

  /** Tokens are their texts, side by side. */
  private static final class Words implements Tokenizer {
    private final List<String> texts;

    Words(List<String> texts) {
      this.texts = texts;
    }

    @Override
    public int[] encode(String text) {
      return text.chars().toArray();
    }

    @Override
    public String decode(int[] ids) {
      StringBuilder text = new StringBuilder();
      IntStream.of(ids).forEach(id -> text.append(texts.get(id)));
      return text.toString();
    }

    @Override
    public int vocabSize() {
      return texts.size();
    }

    @Override
    public OptionalInt id(String token) {
      return OptionalInt.empty();
    }

    @Override
    public OptionalInt bos() {
      return OptionalInt.empty();
    }

    @Override
    public OptionalInt eos() {
      return OptionalInt.empty();
    }
  }

  @Test
  void whatever_is_drawn_under_it_is_one_object_once_it_is_closed() throws Exception {
    JsonGrammar grammar = JsonGrammar.over(WORDS);
    ObjectMapper strict = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    int closed = 0;
    for (int i = 0; i < 3000; i++) {
      Rng rng = Seeds.of(SEED).child("text", i).rng();
      TokenMask mask = grammar.mask().get();
      StopRule.Condition over = grammar.closed();
      int[] ids = new int[0];
      boolean ended = false;
      while (!ended && ids.length < 80) {
        BitSet allowed = new BitSet();
        allowed.set(0, WORDS.vocabSize());
        mask.restrict(allowed);
        assertThat(allowed.isEmpty()).as("text %d, seed %d: %s", i, SEED, text(ids)).isFalse();
        int[] choices = allowed.stream().toArray();
        int id = choices[rng.nextInt(choices.length)];
        mask.accept(id);
        ids = Arrays.copyOf(ids, ids.length + 1);
        ids[ids.length - 1] = id;
        ended = over.ends(ids);
      }
      if (ended) {
        closed++;
        assertThat(strict.readTree(WORDS.decode(ids)).isObject())
            .as("text %d, seed %d: %s", i, SEED, text(ids))
            .isTrue();
      }
    }
    assertThat(closed).isGreaterThan(500);
  }

  private static String text(int[] ids) {
    return WORDS.decode(ids);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ }",
        "{\"a\": 1}",
        "{\"a\":[1, -2.5e+10, 0.0, 1E3, true, false, null, \"\\u00e9\\n\"], \"b\": {\"c\": []}}",
        "{\n  \"a\" : \"é \\\" x\"\n}"
      })
  void objects_are_followed_to_their_end(String json) {
    JsonText text = new JsonText();
    for (int i = 0; i < json.length(); i++) {
      assertThat(text.isOver()).isFalse();
      assertThat(text.take(json.charAt(i))).as("character %d of %s", i, json).isTrue();
    }
    assertThat(text.isOver()).isTrue();
    assertThat(text.take("\n ")).as("blanks behind it").isTrue();
    assertThat(text.take('{')).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        " ",
        "\"",
        "1",
        "{1",
        "{,",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":01",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":1,}",
        "{\"a\":[1,]",
        "{\"a\":[}",
        "{\"a\":tru}",
        "{\"a\":\"\\x",
        "{\"a\":\"\\u00g",
        "{\"a\":\"\n",
        "{\"a\" \"",
        "{\"a\":1]",
        "{\"a\":1 2"
      })
  void what_is_no_object_is_stopped_at_its_last_character(String spoiled) {
    JsonText text = new JsonText();
    int end = spoiled.length() - 1;
    assertThat(text.take(spoiled.substring(0, end))).as("the characters before fit").isTrue();
    assertThat(text.take(spoiled.charAt(end))).isFalse();
  }

  @Test
  void blanks_and_depth_have_an_end() {
    JsonText text = new JsonText();
    text.take("{");
    assertThat(text.take(" ".repeat(JsonText.MOST_BLANKS))).isTrue();
    assertThat(text.take(' ')).isFalse();
    JsonText deep = new JsonText();
    assertThat(deep.take("{\"a\":" + "[".repeat(JsonText.DEEPEST - 1))).isTrue();
    assertThat(deep.take('[')).isFalse();
    assertThat(deep.take("1" + "]".repeat(JsonText.DEEPEST - 1) + "}")).isTrue();
    assertThat(deep.isOver()).isTrue();
  }

  @Test
  void a_vocabulary_that_cannot_write_it_is_refused() {
    assertThatThrownBy(() -> JsonGrammar.over(new Words(ASCII.subList(0, '{'))))
        .isInstanceOf(InputException.class)
        .hasMessage("the model's vocabulary has no token '{', so it cannot write JSON");
  }
}
