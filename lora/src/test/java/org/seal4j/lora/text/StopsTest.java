package org.seal4j.lora.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.text.WordTokenizer;
import org.seal4j.data.text.WordVocabulary;

class StopsTest {

  @TempDir private Path folder;
  private Tokenizer bytes;

  @BeforeEach
  void train_a_tokenizer_of_bytes() {
    BpeTrainerConfig config =
        new BpeTrainerConfig(
            BpeTrainerConfig.Alphabet.BYTES, 270, 1, List.of("<|end|>", "<|turn|>"), "", "<|end|>");
    BpeTrainer.train(List.of("the cat sat on the mat, the cat sat on the hat"), config)
        .write(folder);
    bytes = Tokenizers.load(folder);
  }

  @Test
  void a_special_token_ends_an_answer_by_its_id() {
    Stops stops = Stops.of(bytes, List.of("<|turn|>", "mat"));
    assertThat(stops.tokens()).containsExactly(bytes.id("<|turn|>").orElseThrow());
    assertThat(stops.texts()).containsExactly("<|turn|>", "mat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mat", " ", "\n\n", "the", "é", "e\u0301", "<|", "😀 ok"})
  void what_bytes_can_spell_ends_an_answer_as_a_text(String stop) {
    assertThat(Stops.of(bytes, List.of(stop)).tokens()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<|turn|>\n", "mat<|turn|>", "<|end|><|turn|>"})
  @Tag("slow")
  void a_text_with_a_special_token_inside_is_refused(String stop) {
    assertThatThrownBy(() -> Stops.of(bytes, List.of(stop)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds a special token (id ")
        .hasMessageEndingWith("stop at that token alone");
  }

  @Test
  void a_text_that_the_decoder_cannot_write_ends_nothing_and_harms_nothing() {
    Tokenizer words =
        new WordTokenizer(
            new WordVocabulary(
                List.of("<eos>"), List.of("the", "cat", "sat", "."), "", "<eos>", ""));
    for (String stop : List.of("cat", " ", " sat", "sat.", "<eos>", "dog", "@cat", "Cat")) {
      assertThat(Stops.of(words, List.of(stop)).texts()).containsExactly(stop);
    }
  }
}
