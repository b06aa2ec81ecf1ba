package org.seal4j.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.Json;
import org.seal4j.model.graph.RopeScaling;
import org.seal4j.model.testing.Forward;
import org.seal4j.model.weights.ModelFolder;

/**
 * Models that Python's gguf wrote: what they compute is what PyTorch computes with the same weights
 * in the form of Hugging Face.
 */
class GoldenGgufTest {
  @TempDir Path folder;

  private static Path golden(String name) throws URISyntaxException {
    return Path.of(GoldenGgufTest.class.getResource("/golden/" + name).toURI());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "mistral", "qwen3", "smollm3", "gemma2", "gemma3"})
  @Tag("slow")
  void logits_are_those_of_the_reference(String name) throws URISyntaxException {
    JsonNode expected = Json.read(golden("hf/" + name + "/expected.json"), JsonNode.class);
    int[] ids =
        StreamSupport.stream(expected.path("ids").spliterator(), false)
            .mapToInt(JsonNode::intValue)
            .toArray();
    try (ModelFolder model = ModelFolder.load(golden("gguf/" + name + ".gguf"))) {
      float[][] logits = Forward.logits(model.weights(), ids);
      expected
          .path("logits")
          .properties()
          .forEach(
              row -> {
                float[] got = logits[Integer.parseInt(row.getKey())];
                for (int i = 0; i < got.length; i++) {
                  assertThat((double) got[i])
                      .as("%s, token %s, logit %d", name, row.getKey(), i)
                      .isCloseTo(row.getValue().get(i).asDouble(), within(2e-5));
                }
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "mistral", "qwen3", "smollm3", "gemma2", "gemma3"})
  @Tag("slow")
  void weights_and_sizes_are_those_of_the_other_form(String name) throws URISyntaxException {
    try (ModelFolder gguf = ModelFolder.load(golden("gguf/" + name + ".gguf"));
        ModelFolder hf = ModelFolder.load(golden("hf/" + name))) {
      assertThat(gguf.config()).isEqualTo(hf.config());
      assertThat(gguf.context()).isEqualTo(hf.context());
      assertThat(gguf.weights().sha256()).isEqualTo(hf.weights().sha256());
    }
  }

  @Test
  void the_rule_of_llama_3_is_found_again_in_its_factors() throws URISyntaxException {
    assertThat(GgufModel.open(golden("gguf/llama.gguf")).config().ropeScaling())
        .isEqualTo(RopeScaling.llama3(8, 1, 4, 32));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "qwen3", "smollm3", "gemma2", "gemma3"})
  @Tag("slow")
  void a_model_becomes_a_hugging_face_folder_of_the_same_weights(String name)
      throws URISyntaxException {
    Path out = folder.resolve("hf");
    try (ModelFolder gguf = ModelFolder.load(golden("gguf/" + name + ".gguf"))) {
      gguf.save(out);
      try (ModelFolder hf = ModelFolder.load(out)) {
        assertThat(hf.config()).isEqualTo(gguf.config());
        assertThat(hf.context()).isEqualTo(gguf.context());
        assertThat(hf.weights().sha256()).isEqualTo(gguf.weights().sha256());
      }
    }
  }

  /** Each changes one byte, or one of the same length, in a sound file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llama.block_count       | llama.block_cOunt     | llama.block_cOunt is 2, but no llama model",
        "attn_norm               | attn_gate             | blk.0.attn_norm.weight",
        "llama.rope.freq_base    | llama.rope.freq_bASE  | llama.rope.freq_bASE is 100.0",
        "output_norm.weight      | output_nOrm.weight    | lacks the tensor output_norm.weight",
        "llama.vocab_size        | llama.logit_scal      | llama.logit_scal is 24",
        "general.architecture    | general.architecTure  | lacks the key general.architecture",
      })
  void what_does_not_fit_is_named(String sound, String damaged, String said)
      throws IOException, URISyntaxException {
    byte[] bytes = Files.readAllBytes(golden("gguf/llama.gguf"));
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(latin).contains(sound);
    Path file = folder.resolve("damaged.gguf");
    Files.write(file, latin.replace(sound, damaged).getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ModelFolder.load(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(said);
  }

  @Test
  @Tag("slow")
  void factors_of_another_rule_are_refused() throws IOException, URISyntaxException {
    byte[] bytes = Files.readAllBytes(golden("gguf/llama.gguf"));
    GgufModel sound = GgufModel.open(golden("gguf/llama.gguf"));
    long at = sound.header().tensors().get(GgufNames.ROPE_FACTORS).begin();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat((int) at + 4, 3.5f);
    Path file = Files.write(folder.resolve("other.gguf"), bytes);
    assertThatThrownBy(() -> ModelFolder.load(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file + ": the tensor rope_freqs.weight holds factors that are not");
  }

  @Test
  void a_folder_of_gguf_files_says_to_name_one() throws IOException, URISyntaxException {
    Files.copy(golden("gguf/llama.gguf"), folder.resolve("m.gguf"));
    assertThatThrownBy(() -> ModelFolder.load(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("it holds GGUF files: name one of them, such as m.gguf");
  }
}
