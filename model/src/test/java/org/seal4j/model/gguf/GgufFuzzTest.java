package org.seal4j.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.testing.FuzzTrial;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.model.weights.ModelFolder;

/** Damaged GGUF files: read, or refused by file in one line and in time. */
class GgufFuzzTest {
  private static final int CASES = 300;

  @TempDir Path folder;

  /** Reads some part of a file. */
  @FunctionalInterface
  private interface Reader {
    void read(Path file);
  }

  private Map<String, Integer> damage(String what, Reader reader) throws IOException {
    Path file = folder.resolve("model.gguf");
    byte[] sound = FuzzedGguf.sound(file);
    GgufHeader header = GgufHeader.read(file);
    reader.read(file);
    return FuzzTrial.run(
        what,
        file.toString(),
        CASES,
        rng -> {
          Files.write(file, FuzzedGguf.damage(sound, header, rng));
          reader.read(file);
        });
  }

  @Test
  @Tag("slow")
  void a_model_is_read_or_refused() throws IOException {
    Map<String, Integer> outcomes = damage("gguf", file -> ModelFolder.load(file).close());
    assertThat(outcomes.get("refused")).isGreaterThan(CASES / 3);
    assertThat(outcomes.get("read")).isGreaterThan(CASES / 100);
  }

  @Test
  @Tag("slow")
  void a_tokenizer_and_its_template_are_read_or_refused() throws IOException {
    Map<String, Integer> outcomes =
        damage(
            "gguf tokenizer",
            file -> {
              assertThat(Tokenizers.load(file).vocabSize()).isPositive();
              assertThat(ChatTemplate.load(file)).isNotNull();
            });
    assertThat(outcomes.get("refused")).isGreaterThan(CASES / 5);
    assertThat(outcomes.get("read")).isGreaterThan(CASES / 100);
  }
}
