package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class WordTokenizerTest {
  private static final long SEED = Long.getLong("seal.test.seed", 3);
  private static final List<String> SPECIALS = List.of("<bos>", "<eos>", "<unk>");
  private static final List<String> WORDS =
      List.of("Mara", "Mara's", "lives", "in", "Ulm", "twenty-one", "3.5", "1,200", "(", ")", ".");

  private static WordTokenizer closed() {
    return new WordTokenizer(new WordVocabulary(SPECIALS, WORDS, "<bos>", "<eos>", ""));
  }

  @Test
  void ids_count_specials_then_the_line_feed_then_words() {
    WordTokenizer tokenizer = closed();
    assertThat(tokenizer.encode("Mara lives in Ulm.\nMara")).containsExactly(4, 6, 7, 8, 14, 3, 4);
    assertThat(tokenizer.vocabSize()).isEqualTo(15);
    assertThat(tokenizer.bos()).hasValue(0);
    assertThat(tokenizer.eos()).hasValue(1);
    assertThat(tokenizer.id("Ulm")).hasValue(8);
    assertThat(tokenizer.id("Berlin")).isEqualTo(OptionalInt.empty());
    assertThat(new WordTokenizer(WordVocabulary.of(List.of(), WORDS)).bos()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Mara lives in Ulm.",
        "Mara's twenty-one (3.5) in Ulm.\n\nMara lives (in Ulm).\n",
        "\n.\n",
        "1,200 in Ulm..."
      })
  void canonical_text_comes_back(String text) {
    assertThat(closed().decode(closed().encode(text))).isEqualTo(text);
  }

  @Test
  void any_ids_decode_to_canonical_text_that_encodes_to_the_same_ids() {
    WordTokenizer tokenizer = closed();
    for (int run = 0; run < 500; run++) {
      Rng rng = Seeds.of(SEED).child("words", run).rng();
      int[] ids = new int[rng.nextInt(30)];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = rng.between(SPECIALS.size(), tokenizer.vocabSize() - 1);
      }
      String text = tokenizer.decode(ids);
      assertThat(tokenizer.encode(text)).as("-Dseal.test.seed=%d: %s", SEED, text).isEqualTo(ids);
    }
  }

  @Test
  void other_white_space_only_separates() {
    assertThat(closed().decode(closed().encode("  Mara\tlives   in Ulm .\r\n")))
        .isEqualTo("Mara lives in Ulm.\n");
  }

  @Test
  void special_tokens_are_left_out_of_text() {
    WordTokenizer tokenizer = closed();
    assertThat(tokenizer.decode(new int[] {0, 4, 2, 6, 1})).isEqualTo("Mara lives");
  }

  @Test
  void a_word_outside_the_list_is_refused_or_unknown() {
    assertThatThrownBy(() -> closed().encode("Mara lives in Berlin."))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'Berlin'")
        .hasMessageContaining("11 words");
    WordTokenizer open =
        new WordTokenizer(new WordVocabulary(SPECIALS, WORDS, "<bos>", "<eos>", "<unk>"));
    assertThat(open.encode("Berlin in <eos>")).containsExactly(2, 7, 2, 2, 2);
    assertThatThrownBy(() -> closed().decode(new int[] {15}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("15");
  }

  @Test
  void a_special_token_cannot_be_reached_through_text() {
    WordTokenizer tokenizer =
        new WordTokenizer(WordVocabulary.of(List.of("END"), List.of("the", "end")));
    assertThatThrownBy(() -> tokenizer.encode("the END")).hasMessageContaining("'END'");
  }

  @Test
  void a_vocabulary_names_each_token_once_and_only_whole_pieces() {
    assertThatThrownBy(() -> WordVocabulary.of(List.of(), List.of("a", "a")))
        .hasMessageContaining("'a' stands twice");
    assertThatThrownBy(() -> WordVocabulary.of(List.of(), List.of("two words")))
        .hasMessageContaining("[two, words]");
    assertThatThrownBy(() -> WordVocabulary.of(List.of("<s>", "<s>"), List.of()))
        .hasMessageContaining("'<s>'");
    assertThatThrownBy(() -> new WordVocabulary(List.of(), List.of("a"), "", "<eos>", ""))
        .hasMessageContaining("'<eos>'");
  }

  @Test
  void a_vocabulary_is_gathered_from_texts_and_survives_json() {
    List<String> words = WordVocabulary.wordsOf(List.of("Ulm is old.", "Is Ulm\nold?"));
    assertThat(words).containsExactly("Ulm", "is", "old", ".", "Is", "?");
    WordVocabulary vocabulary =
        new WordVocabulary(new ArrayList<>(SPECIALS), words, "", "<eos>", "");
    assertThat(Json.parse(Json.pretty(vocabulary), WordVocabulary.class, "test"))
        .isEqualTo(vocabulary);
  }
}
