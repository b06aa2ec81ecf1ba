package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/** Published tokenizers: the ids of the reference, and text that comes back. */
class RealTokenizersTest {
  private static final int WINDOW = 10_000;
  private static final int WINDOWS = 2;
  private static final int TEXTS = 400;

  @TempDir private Path folder;

  @Tag("peer")
  @ParameterizedTest
  @EnumSource
  void ids_and_texts_are_those_of_the_rust_library(RealTokenizers which) throws IOException {
    Tokenizer ours = which.ours();
    try (RustTokenizer rust = new RustTokenizer(which.reference(folder))) {
      for (Path corpus : RealTokenizers.corpora()) {
        String text = which.writable(Files.readString(corpus));
        for (int window = 0; window < WINDOWS; window++) {
          Rng rng = Seeds.of(RandomTexts.SEED).child("window", corpus.getFileName(), window).rng();
          int from = rng.nextInt(text.length() - WINDOW);
          assertEqual(ours, rust, text.substring(from, from + WINDOW), corpus + " from " + from);
        }
      }
      for (int i = 0; i < TEXTS; i++) {
        String text = which.writable(RandomTexts.text("equality", i));
        assertEqual(ours, rust, text, RandomTexts.label(i, text));
      }
      assertSameDecoding(ours, rust, which);
    }
  }

  private static void assertEqual(Tokenizer ours, RustTokenizer rust, String text, String label) {
    int[] ids = rust.encode(text);
    assertThat(ours.encode(text)).as(label).isEqualTo(ids);
    assertThat(ours.decode(ids)).as(label).isEqualTo(rust.decode(ids));
  }

  /** Ids that are no encoding of anything: broken characters above all. */
  private static void assertSameDecoding(Tokenizer ours, RustTokenizer rust, RealTokenizers which) {
    int plain = which == RealTokenizers.TINY_BPE ? 2000 : ours.vocabSize();
    for (int i = 0; i < TEXTS; i++) {
      Rng rng = Seeds.of(RandomTexts.SEED).child("ids", i).rng();
      int[] ids = new int[rng.nextInt(12)];
      for (int k = 0; k < ids.length; k++) {
        ids[k] = rng.nextInt(rng.nextBoolean() ? 300 : plain);
      }
      assertThat(ours.decode(ids))
          .as("-Dseal.test.seed=%d, ids %d", RandomTexts.SEED, i)
          .isEqualTo(rust.decode(ids));
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"GPT2", "QWEN2", "TINY_BPE"})
  void whole_corpora_come_back(RealTokenizers which) throws IOException {
    Tokenizer tokenizer = which.ours().ignoringSpecials();
    for (Path corpus : RealTokenizers.corpora()) {
      String text = which.writable(Files.readString(corpus));
      assertThat(tokenizer.decode(tokenizer.encode(text)).equals(text)).as("%s", corpus).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GPT2", "QWEN2"})
  @Tag("slow")
  void random_text_comes_back(RealTokenizers which) {
    Tokenizer tokenizer = which.ours().ignoringSpecials();
    for (int i = 0; i < 2 * TEXTS; i++) {
      String text = RandomTexts.text("round trip", i);
      if (which == RealTokenizers.QWEN2) {
        text = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFC);
      }
      assertThat(tokenizer.decode(tokenizer.encode(text)))
          .as(RandomTexts.label(i, text))
          .isEqualTo(text);
    }
  }

  @Tag("slow")
  @Test
  void text_of_its_own_characters_comes_back_from_tiny_stories() throws IOException {
    Tokenizer tokenizer = RealTokenizers.TINY_STORIES.ours().ignoringSpecials();
    for (Path corpus : RealTokenizers.corpora()) {
      String text = Files.readString(corpus).replaceAll("[^ \n!\"$',.0-9:;<>?A-Z_a-z|-]", "");
      assertThat(tokenizer.decode(tokenizer.encode(text)).equals(text)).as("%s", corpus).isTrue();
    }
  }

  @Test
  @Tag("slow")
  void beginnings_and_ends_are_known() {
    assertThat(RealTokenizers.GPT2.ours().eos()).hasValue(50256);
    assertThat(RealTokenizers.GPT2_FILES.ours().bos()).isEmpty(); // named by none, put nowhere
    assertThat(RealTokenizers.GPT2_FILES.ours().eos()).hasValue(50256);
    assertThat(RealTokenizers.QWEN2.ours().eos()).hasValue(151643);
    assertThat(RealTokenizers.QWEN2.ours().bos()).isEmpty();
    assertThat(RealTokenizers.QWEN2.ours().id("<|im_end|>")).hasValue(151645);
    assertThat(RealTokenizers.QWEN2.ours().vocabSize()).isEqualTo(151646);
    assertThat(RealTokenizers.SIMPLE_STORIES.ours().eos()).hasValue(1);
    assertThat(RealTokenizers.TINY_STORIES.ours().bos()).hasValue(1);
    assertThat(RealTokenizers.TINY_STORIES.ours().eos()).hasValue(2);
  }

  @Test
  void special_tokens_in_text_are_found_or_left_alone() {
    Tokenizer gpt2 = RealTokenizers.GPT2.ours();
    assertThat(gpt2.encode("<|endoftext|>")).containsExactly(50256);
    assertThat(gpt2.decode(new int[] {50256})).isEmpty();
    Tokenizer plain = gpt2.ignoringSpecials();
    assertThat(plain.encode("<|endoftext|>")).doesNotContain(50256);
    assertThat(plain.decode(plain.encode("<|endoftext|>"))).isEqualTo("<|endoftext|>");
    assertThat(plain.ignoringSpecials()).isSameAs(plain);
  }

  @Test
  void several_threads_get_the_same_ids() throws IOException {
    Tokenizer tokenizer = RealTokenizers.GPT2.fresh();
    String text = Files.readString(RealTokenizers.corpora().get(2)).substring(0, 200_000);
    List<int[]> together =
        List.of(1, 2, 3, 4).parallelStream().map(i -> tokenizer.encode(text)).toList();
    int[] alone = RealTokenizers.GPT2.ours().encode(text);
    assertThat(together).allSatisfy(ids -> assertThat(ids).isEqualTo(alone));
  }
}
