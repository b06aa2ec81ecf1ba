package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.SharedData;

/** Tokenizers that GGUF files carry: the ids of the model's own form, and of what is written. */
class GgufTokenizerTest {
  private static final int WINDOW = 8_000;
  private static final int TEXTS = 200;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("model.gguf");
  }

  private static void assertSame(Tokenizer one, Tokenizer other) throws IOException {
    for (Path corpus : RealTokenizers.corpora()) {
      String text = Files.readString(corpus);
      Rng rng = Seeds.of(RandomTexts.SEED).child("gguf", corpus.getFileName()).rng();
      int from = rng.nextInt(text.length() - WINDOW);
      String window = text.substring(from, from + WINDOW);
      assertThat(one.encode(window)).as(corpus + " " + from).isEqualTo(other.encode(window));
    }
    for (int i = 0; i < TEXTS; i++) {
      String text = RandomTexts.text("gguf", i);
      int[] ids = one.encode(text);
      assertThat(ids).as(RandomTexts.label(i, text)).isEqualTo(other.encode(text));
      assertThat(one.decode(ids)).as(RandomTexts.label(i, text)).isEqualTo(other.decode(ids));
    }
  }

  private Tokenizer written() throws IOException {
    Path out = Files.createDirectories(folder.resolve("hf"));
    new GgufTokenizer(GgufHeader.read(file())).write(out);
    return Tokenizers.load(out);
  }

  @Test
  @Tag("slow")
  void gpt_2_cuts_as_its_own_tokenizer() throws IOException {
    Path json = SharedData.orSkip("tokenizers/gpt2/tokenizer.json");
    Tokenizer carried = Tokenizers.load(GgufFiles.byteLevel(json, "gpt-2", file()));
    assertSame(carried, Tokenizers.load(json));
    assertSame(carried, written());
  }

  @Test
  @Tag("slow")
  void qwen2_cuts_as_its_own_tokenizer() throws IOException {
    Path own = SharedData.orSkip("tokenizers/qwen2");
    Path json = RealTokenizers.QWEN2.reference(folder);
    Tokenizer carried = Tokenizers.load(GgufFiles.byteLevel(json, "qwen2", file()));
    assertSame(carried, Tokenizers.load(own));
    assertThat(carried.bos()).isEmpty();
  }

  @Tag("peer")
  @ParameterizedTest
  @EnumSource
  void what_is_written_gives_the_rust_library_the_same_ids(GgufCut cut) throws IOException {
    Path json = SharedData.orSkip("tokenizers/gpt2/tokenizer.json");
    Tokenizer carried = Tokenizers.load(GgufFiles.byteLevel(json, cut.word(), file()));
    assertSame(carried, written());
    try (RustTokenizer rust = new RustTokenizer(folder.resolve("hf/tokenizer.json"))) {
      for (int i = 0; i < TEXTS; i++) {
        String text = RandomTexts.text("gguf rust", i);
        assertThat(carried.encode(text))
            .as(RandomTexts.label(i, text))
            .isEqualTo(rust.encode(text));
      }
    }
  }

  @Test
  @Tag("slow")
  void pieces_of_sentencepiece_give_the_ids_of_its_own_file() throws IOException {
    Path own = SharedData.orSkip("tokenizers/sentencepiece/open_llama_3b.tokenizer.model");
    Tokenizer expected = Tokenizers.load(own);
    GgufFiles.pieces(own, file());
    Tokenizer carried = Tokenizers.load(file());
    assertThat(carried.bos()).hasValue(1);
    assertThat(carried.eos()).hasValue(2);
    for (String text : List.of("Hello world", "a\nb", "Café 12,5 – 数学", "x = [1]\n\n\ty")) {
      assertThat(carried.encode(text)).as(text).isEqualTo(expected.encode(text));
    }
  }

  @Test
  @Tag("slow")
  void a_file_of_llama_2_is_written_with_the_merges_that_its_scores_are() throws IOException {
    Path own = SharedData.orSkip("weights/llama-2-tiny-random/llama-2-tiny-random.gguf");
    Files.copy(own, file());
    Tokenizer carried = Tokenizers.load(file());
    assertThat(carried.bos()).hasValue(1);
    assertThat(carried.encode("Hello world")).containsExactly(15043, 3186);
    assertThat(carried.encode("</s>Hello")).containsExactly(2, 15043);
    assertSame(carried, written());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weights/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf",
        "weights/llama-2-tiny-random/llama-2-tiny-random.gguf",
        "tokenizers/gpt2/tokenizer.json"
      })
  @Tag("slow")
  void what_is_written_into_a_gguf_gives_the_same_ids(String path) throws IOException {
    Path own = SharedData.orSkip(path);
    Tokenizer expected = Tokenizers.load(own);
    List<Integer> ends = expected.eos().stream().boxed().toList();
    GgufFiles.write(
        file(), writer -> GgufTokenizerKeys.write(own, expected.vocabSize() + 3, ends, writer));
    Tokenizer carried = Tokenizers.load(file());
    assertSame(carried, expected);
    assertThat(carried.bos()).isEqualTo(expected.bos());
    assertThat(carried.eos()).isEqualTo(expected.eos());
  }

  private void assertRefused(Consumer<GgufWriter> keys, String said) {
    GgufFiles.write(file(), keys);
    assertThatThrownBy(() -> Tokenizers.load(file()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining(said);
  }

  private static void small(GgufWriter writer, String pre) {
    writer.text("tokenizer.ggml.model", "gpt2");
    writer.text("tokenizer.ggml.pre", pre);
    writer.texts("tokenizer.ggml.tokens", List.of("a", "b", "ab"));
    writer.integers("tokenizer.ggml.token_type", List.of(1, 1, 1));
    writer.texts("tokenizer.ggml.merges", List.of("a b"));
  }

  @Test
  void what_is_not_known_is_refused_by_its_key() {
    assertRefused(
        writer -> small(writer, "superbpe"),
        "tokenizer.ggml.pre is 'superbpe', a way to cut texts that is not known; known are [gpt-2,"
            + " smollm, qwen2, llama-bpe, smaug-bpe, default]");
    assertRefused(
        writer -> writer.text("tokenizer.ggml.model", "rwkv"),
        "tokenizer.ggml.model is 'rwkv', which is not supported; supported are [gpt2, llama]");
    assertRefused(writer -> writer.flag("other", true), "lacks the key tokenizer.ggml.model");
    assertRefused(
        writer -> {
          small(writer, "gpt-2");
          writer.flag("tokenizer.ggml.add_eos_token", true);
        },
        "tokenizer.ggml.add_eos_token is true");
  }

  @Test
  void lists_that_do_not_fit_are_refused() {
    assertRefused(
        writer -> {
          small(writer, "gpt-2");
          writer.integers("tokenizer.ggml.token_type", List.of(1, 1));
        },
        "tokenizer.ggml.token_type has 2 entries but there are 3 tokens");
    assertRefused(
        writer -> {
          small(writer, "gpt-2");
          writer.integers("tokenizer.ggml.token_type", List.of(1, 9, 1));
        },
        "tokenizer.ggml.token_type[1] is 9; expected 1 to 6");
    assertRefused(
        writer -> {
          small(writer, "gpt-2");
          writer.texts("tokenizer.ggml.tokens", List.of("a", "b", "a"));
        },
        "tokenizer.ggml.tokens[0] and [2] are both 'a'");
    assertRefused(
        writer -> {
          small(writer, "gpt-2");
          writer.texts("tokenizer.ggml.merges", List.of("a b", "a c"));
        },
        "merges/1 names 'c', which the vocabulary lacks");
    assertRefused(
        writer -> {
          small(writer, "gpt-2");
          writer.number("tokenizer.ggml.eos_token_id", 3);
        },
        "tokenizer.ggml.eos_token_id is 3; expected an id from 0 to 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-bpe", "llama3", "llama-v3"})
  void llama_3_keeps_whole_tokens_and_starts_texts(String pre) {
    Tokenizer carried = unmerged(pre);
    assertThat(carried.encode("ba<|x|>ab")).containsExactly(2, 4, 0, 1);
    assertThat(carried.bos()).hasValue(3);
    assertThat(carried.eos()).isEmpty();
  }

  /** A token of two letters that no merge makes, a start of texts and a special token. */
  private Tokenizer unmerged(String pre) {
    GgufFiles.write(
        file(),
        writer -> {
          small(writer, pre);
          writer.texts("tokenizer.ggml.tokens", List.of("a", "b", "ba", "<s>", "<|x|>"));
          writer.integers("tokenizer.ggml.token_type", List.of(1, 1, 1, 3, 3));
          writer.texts("tokenizer.ggml.merges", List.of());
          writer.number("tokenizer.ggml.bos_token_id", 3);
        });
    return Tokenizers.load(file());
  }

  @Test
  void smollm3_cuts_as_llama_3_but_goes_by_merges_and_starts_no_text() {
    Tokenizer carried = unmerged("smaug-bpe");
    assertThat(carried.encode("ba<|x|>ab")).containsExactly(1, 0, 4, 0, 1);
    assertThat(carried.bos()).isEmpty();
  }

  /** llama.cpp goes by merges, or not, by this word alone. */
  @ParameterizedTest
  @ValueSource(strings = {"llama-bpe", "smaug-bpe"})
  void a_tokenizer_is_written_with_the_word_that_treats_its_merges_alike(String pre)
      throws IOException {
    Tokenizer carried = unmerged(pre);
    written();
    Path json = folder.resolve("hf/tokenizer.json");
    GgufFiles.write(file(), writer -> GgufTokenizerKeys.write(json, 5, List.of(), writer));
    assertThat(GgufHeader.read(file()).keys().text("tokenizer.ggml.pre")).isEqualTo(pre);
    assertThat(Tokenizers.load(file()).encode("ba<|x|>ab")).isEqualTo(carried.encode("ba<|x|>ab"));
  }
}
