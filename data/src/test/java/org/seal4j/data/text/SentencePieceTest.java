package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.sentencepiece.SpTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.SharedData;

/** SentencePiece models against its own library, and llama2.c's format made of them. */
@Tag("peer")
class SentencePieceTest {
  private static final String BPE = "tokenizers/sentencepiece/open_llama_3b.tokenizer.model";
  private static final String UNIGRAM = "tokenizers/sentencepiece/test_model.model";
  private static final int WINDOW = 8_000;
  private static final int TEXTS = 400;

  static {
    System.setProperty("DJL_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {BPE, UNIGRAM})
  void ids_and_texts_are_those_of_the_sentencepiece_library(String path) throws IOException {
    Path file = SharedData.orSkip(path);
    Tokenizer ours = Tokenizers.load(file);
    try (SpTokenizer reference = new SpTokenizer(file)) {
      for (Path corpus : RealTokenizers.corpora()) {
        String text = Files.readString(corpus);
        Rng rng = Seeds.of(RandomTexts.SEED).child("window", corpus.getFileName()).rng();
        int from = rng.nextInt(text.length() - WINDOW);
        assertEqual(ours, reference, text.substring(from, from + WINDOW), corpus + " " + from);
      }
      for (int i = 0; i < TEXTS; i++) {
        String text = RandomTexts.text("pieces", i);
        assertEqual(ours, reference, text, RandomTexts.label(i, text));
      }
    }
  }

  /** The reference's Java side breaks characters beyond U+FFFF and ends at zero bytes. */
  private static void assertEqual(
      Tokenizer ours, SpTokenizer reference, String text, String label) {
    int[] ids = reference.getProcessor().encode(text);
    assertThat(ours.encode(text)).as(label).isEqualTo(ids);
    if (text.codePoints().allMatch(character -> character <= 0xffff)) {
      assertThat(ours.decode(ids)).as(label).isEqualTo(reference.getProcessor().decode(ids));
    }
  }

  @Test
  void any_ids_decode_as_in_the_sentencepiece_library() throws IOException {
    Path file = SharedData.orSkip(BPE);
    Tokenizer ours = Tokenizers.load(file);
    try (SpTokenizer reference = new SpTokenizer(file)) {
      for (int i = 0; i < TEXTS; i++) {
        Rng rng = Seeds.of(RandomTexts.SEED).child("ids", i).rng();
        int[] ids = new int[rng.nextInt(10)];
        for (int k = 0; k < ids.length; k++) {
          int id = rng.nextInt(rng.nextBoolean() ? 235 : 32_000); // no byte above 0xe7
          ids[k] = id == 3 ? 4 : id; // the byte 0
        }
        assertThat(ours.decode(ids))
            .as("-Dseal.test.seed=%d, %s", RandomTexts.SEED, Arrays.toString(ids))
            .isEqualTo(reference.getProcessor().decode(ids));
      }
    }
  }

  @Test
  void text_with_single_blanks_comes_back() throws IOException {
    Tokenizer tokenizer = Tokenizers.load(SharedData.orSkip(BPE));
    for (Path corpus : RealTokenizers.corpora()) {
      String text = Files.readString(corpus).replaceAll(" +", " ").strip();
      assertThat(tokenizer.decode(tokenizer.encode(text)).equals(text)).as("%s", corpus).isTrue();
    }
    for (int i = 0; i < TEXTS; i++) {
      String text = RandomTexts.text("back", i).replaceAll("[ \u2581]+", " ").strip();
      assertThat(tokenizer.decode(tokenizer.encode(text)))
          .as(RandomTexts.label(i, text))
          .isEqualTo(text);
    }
  }

  @Test
  void special_pieces_are_known_but_never_found_in_text() {
    Tokenizer tokenizer = Tokenizers.load(SharedData.orSkip(BPE));
    assertThat(tokenizer.bos()).hasValue(1);
    assertThat(tokenizer.eos()).hasValue(2);
    assertThat(tokenizer.vocabSize()).isEqualTo(32_000);
    assertThat(tokenizer.encode("<s>")).doesNotContain(1);
    assertThat(tokenizer.decode(new int[] {1, 2})).isEmpty();
  }

  @Test
  void a_broken_model_is_refused_and_never_read_past_its_end() throws IOException {
    byte[] whole = Files.readAllBytes(SharedData.orSkip(UNIGRAM));
    Path file = folder.resolve("broken.model");
    for (int i = 0; i < 60; i++) {
      Rng rng = Seeds.of(RandomTexts.SEED).child("broken", i).rng();
      byte[] broken = Arrays.copyOf(whole, 40 + rng.nextInt(whole.length - 40));
      for (int k = rng.nextInt(4); k > 0; k--) {
        broken[rng.nextInt(broken.length)] = (byte) rng.nextInt(256);
      }
      Files.write(file, broken);
      try {
        Tokenizers.load(file).encode("Some text.");
      } catch (InputException refused) {
        assertThat(refused).hasMessageContaining("broken.model");
      }
    }
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Tokenizers.load(file)).isInstanceOf(InputException.class);
  }

  @Test
  void the_format_of_llama2c_gives_the_same_ids() throws IOException {
    Path model = SharedData.orSkip(BPE);
    Path file = folder.resolve("tokenizer.bin");
    Files.write(file, llama2c(model));
    Tokenizer theirs = Tokenizers.load(folder);
    Tokenizer ours = Tokenizers.load(model);
    for (int i = 0; i < TEXTS; i++) {
      String text = RandomTexts.text("llama2c", i).replaceAll("[ \u2581]+", " ").strip();
      assertThat(theirs.encode(text)).as(RandomTexts.label(i, text)).isEqualTo(ours.encode(text));
      assertThat(theirs.decode(theirs.encode(" " + text + "  ")))
          .as(RandomTexts.label(i, text))
          .isEqualTo(text.isEmpty() ? "   " : " " + text + "  ");
    }
    Files.write(file, Arrays.copyOf(llama2c(model), 5_000));
    assertThatThrownBy(() -> Tokenizers.load(file)).hasMessageContaining("tokenizer.bin");
  }

  /** What llama2.c's export writes: blanks for U+2581, and its own names of the special pieces. */
  private static byte[] llama2c(Path model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProtoMessage proto = new ProtoMessage(model, ByteBuffer.wrap(Files.readAllBytes(model)));
    out.writeBytes(number(64));
    int id = 0;
    for (ProtoMessage piece : proto.messages(1)) {
      String text = piece.text(1, "");
      float score = piece.real(2, 0);
      String name = id == 1 ? "\n<s>\n" : id == 2 ? "\n</s>\n" : text.replace("\u2581", " ");
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(number(Float.floatToIntBits(score)));
      out.writeBytes(number(bytes.length));
      out.writeBytes(bytes);
      id++;
    }
    return out.toByteArray();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  @Test
  void stories260k_gets_the_ids_of_its_reference() throws IOException {
    Path file = SharedData.orSkip("weights/stories260K/tok512.bin");
    Assumptions.assumeTrue(
        Files.size(file) == 6227, file + " is not the published file of 6,227 bytes");
    Tokenizer tokenizer = Tokenizers.load(file);
    JsonNode reference =
        new ObjectMapper().readTree(file.resolveSibling("reference.json").toFile());
    assertThat(tokenizer.vocabSize()).isEqualTo(512);
    for (String name : new String[] {"prompt", "nll_text"}) {
      JsonNode ids = reference.path(name.equals("prompt") ? "prompt_ids_with_bos" : "nll_ids");
      int[] expected =
          StreamSupport.stream(ids.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
      String text = reference.path(name).asText();
      assertThat(tokenizer.encode(text))
          .isEqualTo(Arrays.copyOfRange(expected, 1, expected.length));
      assertThat(tokenizer.decode(expected)).isEqualTo(text);
    }
  }
}
