package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.BpeTrainerConfig.Alphabet;

class BpeTrainerTest {
  private static final long SEED = Long.getLong("seal.test.seed", 6);

  @TempDir private Path folder;

  private static BpeTrainerConfig config(Alphabet alphabet, int vocabSize) {
    return alphabet == Alphabet.BYTES
        ? BpeTrainerConfig.bytes(vocabSize)
        : BpeTrainerConfig.characters(vocabSize);
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Rng rng = Seeds.of(SEED).child("sentence", i).rng();
      StringBuilder text = new StringBuilder();
      for (int word = rng.between(3, 12); word > 0; word--) {
        String stem = rng.pick(List.of("Mara", "lives", "in", "old", "Ulm", "köln", "aaaa", "日本"));
        text.append(stem).append(rng.pick(List.of(" ", " ", "ing ", "ed, ", ".\n", "aa ")));
      }
      texts.add(text.toString());
    }
    texts.add("once 𝕏");
    return texts;
  }

  /** The rule itself, counting everything anew after each merge. */
  private static List<String> plainMerges(Map<String, Integer> words, int merges, int least) {
    Map<String, List<String>> spelled = new TreeMap<>();
    words.forEach((word, count) -> spelled.put(word, new ArrayList<>(letters(word))));
    List<String> found = new ArrayList<>();
    List<String> order = new ArrayList<>();
    words.keySet().forEach(word -> order.addAll(letters(word)));
    List<String> ids = new ArrayList<>(order.stream().distinct().sorted().toList());
    while (found.size() < merges) {
      Map<String, Integer> counts = new TreeMap<>();
      spelled.forEach(
          (word, parts) -> {
            for (int i = 0; i + 1 < parts.size(); i++) {
              counts.merge(parts.get(i) + " " + parts.get(i + 1), words.get(word), Integer::sum);
            }
          });
      String best = null;
      for (String pair : counts.keySet()) {
        if (best == null
            || counts.get(pair) > counts.get(best)
            || (counts.get(pair).equals(counts.get(best)) && isBefore(pair, best, ids))) {
          best = pair;
        }
      }
      if (best == null || counts.get(best) < least) {
        return found;
      }
      found.add(best);
      String[] sides = best.split(" ");
      if (!ids.contains(sides[0] + sides[1])) {
        ids.add(sides[0] + sides[1]);
      }
      spelled.values().forEach(parts -> join(parts, sides));
    }
    return found;
  }

  private static List<String> letters(String word) {
    return word.codePoints().mapToObj(Character::toString).toList();
  }

  private static boolean isBefore(String pair, String other, List<String> ids) {
    String[] a = pair.split(" ");
    String[] b = other.split(" ");
    int left = Integer.compare(ids.indexOf(a[0]), ids.indexOf(b[0]));
    return left != 0 ? left < 0 : ids.indexOf(a[1]) < ids.indexOf(b[1]);
  }

  private static void join(List<String> parts, String[] sides) {
    for (int i = 0; i + 1 < parts.size(); i++) {
      if (parts.get(i).equals(sides[0]) && parts.get(i + 1).equals(sides[1])) {
        parts.set(i, sides[0] + sides[1]);
        parts.remove(i + 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void merges_are_those_of_counting_everything_anew(Alphabet alphabet) {
    Map<String, Integer> words = new TreeMap<>();
    for (String text : texts()) {
      String written = TrainedBpe.normalizer(alphabet).apply(text);
      TrainedBpe.preTokenizer(alphabet)
          .split(written, true, (word, first) -> words.merge(word, 1, Integer::sum));
    }
    words.remove("▁𝕏"); // below the least frequency, thus no character of the alphabet
    List<String> expected = plainMerges(words, 60, 2);
    assertThat(expected).hasSize(60);
    TrainedBpe trained = BpeTrainer.train(texts(), config(alphabet, 400));
    assertThat(trained.merges().subList(0, 60)).as("-Dseal.test.seed=%d", SEED).isEqualTo(expected);
  }

  @Tag("peer")
  @ParameterizedTest
  @EnumSource
  void what_is_written_gives_the_same_ids_in_the_rust_library(Alphabet alphabet)
      throws IOException {
    TrainedBpe trained = BpeTrainer.train(texts(), config(alphabet, 400));
    trained.write(folder);
    Tokenizer ours = trained.tokenizer();
    Tokenizer read = Tokenizers.load(folder);
    try (RustTokenizer rust = new RustTokenizer(folder.resolve("tokenizer.json"))) {
      for (int i = 0; i < 300; i++) {
        String text = i < texts().size() / 2 ? texts().get(i) : RandomTexts.text("trained", i);
        int[] ids = rust.encode(text);
        assertThat(ours.encode(text)).as(RandomTexts.label(i, text)).isEqualTo(ids);
        assertThat(read.encode(text)).as(RandomTexts.label(i, text)).isEqualTo(ids);
        assertThat(ours.decode(ids)).as(RandomTexts.label(i, text)).isEqualTo(rust.decode(ids));
      }
    }
    assertThat(read.vocabSize()).isEqualTo(ours.vocabSize()).isLessThanOrEqualTo(400);
    assertThat(read.bos()).isEqualTo(ours.bos());
    assertThat(read.eos()).isEqualTo(ours.eos()).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void any_text_comes_back(Alphabet alphabet) {
    Tokenizer tokenizer =
        BpeTrainer.train(texts(), config(alphabet, 400)).tokenizer().ignoringSpecials();
    for (int i = 0; i < 1000; i++) {
      String text = RandomTexts.text("trained", i).replace('\u2581', ' ');
      assertThat(tokenizer.decode(tokenizer.encode(text)))
          .as(RandomTexts.label(i, text))
          .isEqualTo(text);
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_same_texts_give_the_same_tokenizer(Alphabet alphabet) {
    List<String> once = BpeTrainer.train(texts(), config(alphabet, 400)).merges();
    assertThat(BpeTrainer.train(texts(), config(alphabet, 400)).merges()).isEqualTo(once);
  }

  @Test
  void a_larger_vocabulary_begins_with_the_smaller_one() {
    List<String> small = BpeTrainer.train(texts(), BpeTrainerConfig.bytes(300)).merges();
    List<String> large = BpeTrainer.train(texts(), BpeTrainerConfig.bytes(350)).merges();
    assertThat(large.subList(0, small.size())).isEqualTo(small);
    assertThat(small).hasSize(300 - 257);
  }

  @Test
  void rare_pairs_get_no_token() {
    List<String> texts = List.of("abab abab xyz");
    BpeTrainerConfig config = BpeTrainerConfig.bytes(1000);
    assertThat(BpeTrainer.train(texts, config.withMinFrequency(2)).merges())
        .containsExactly("a b", "ab ab");
    assertThat(BpeTrainer.train(texts, config.withMinFrequency(4)).merges()).containsExactly("a b");
    assertThat(BpeTrainer.train(texts, config.withMinFrequency(5)).merges()).isEmpty();
    assertThat(BpeTrainer.train(texts, config.withMinFrequency(1)).tokenizer().encode(" xyz"))
        .hasSize(1);
  }

  @Test
  void special_tokens_come_first_and_are_never_learnt_from_text() {
    List<String> texts = List.of("<end>".repeat(50) + "word<end>word");
    BpeTrainerConfig config =
        BpeTrainerConfig.bytes(300).withSpecials(List.of("<pad>", "<end>"), "", "<end>");
    TrainedBpe trained = BpeTrainer.train(texts, config);
    assertThat(trained.merges()).hasSize(3);
    assertThat(trained.tokenizer().id("<end>")).hasValue(1);
    assertThat(trained.tokenizer().eos()).hasValue(1);
    assertThat(trained.tokenizer().encode("word<end>")).hasSize(2).endsWith(1);
    TrainedBpe bytes =
        BpeTrainer.train(List.of("<0x41> <0x41> <0x41> <0x41>"), BpeTrainerConfig.characters(400));
    Tokenizer tokenizer = bytes.tokenizer();
    assertThat(tokenizer.decode(tokenizer.encode("x<0x41>x"))).isEqualTo("x<0x41>x");
  }

  @Test
  void sizes_that_leave_no_room_are_refused() {
    assertThatThrownBy(() -> BpeTrainerConfig.bytes(257))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("257");
    assertThatThrownBy(() -> BpeTrainer.train(texts(), BpeTrainerConfig.characters(262)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("262");
    assertThatThrownBy(() -> BpeTrainerConfig.bytes(300).withSpecials(List.of("a"), "b", ""))
        .hasMessageContaining("'b'");
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void a_real_corpus_trains_and_shrinks_to_a_third(Alphabet alphabet) throws IOException {
    Path corpus = RealTokenizers.corpora().get(2);
    String text = Files.readString(corpus);
    TrainedBpe trained = BpeTrainer.train(List.of(text), config(alphabet, 2000));
    Tokenizer tokenizer = trained.tokenizer();
    int[] ids = tokenizer.encode(text);
    assertThat(tokenizer.vocabSize()).isEqualTo(2000);
    assertThat(ids.length).isLessThan(text.length() / 3 + text.length() / 20);
    assertThat(tokenizer.decode(ids).equals(text)).isTrue();
  }
}
