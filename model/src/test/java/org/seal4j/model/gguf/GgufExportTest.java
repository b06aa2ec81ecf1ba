package org.seal4j.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufTensor;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.model.AttentionForm;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.RopeScaling;
import org.seal4j.model.testing.TinyModels;
import org.seal4j.model.weights.ModelFolder;

/** What is written as GGUF: blocks as Python's gguf makes them, and models that come back. */
class GgufExportTest {
  @TempDir Path folder;

  private static Path golden(String name) throws URISyntaxException {
    return Path.of(GgufExportTest.class.getResource("/golden/" + name).toURI());
  }

  /** A byte-level tokenizer of single letters that cuts as GPT-2. */
  private Path tokenizer(int count) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    root.putObject("pre_tokenizer").put("type", "ByteLevel").put("add_prefix_space", false);
    root.putObject("decoder").put("type", "ByteLevel").put("add_prefix_space", false);
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < count; id++) {
      vocabulary.put(Character.toString('A' + id), id);
    }
    model.putArray("merges");
    Path file = folder.resolve("tokenizer.json");
    Json.write(file, root);
    return file;
  }

  private Path export(Weights weights, GgufType type) {
    Path to = folder.resolve(type + ".gguf");
    Path words = tokenizer(Math.min(20, weights.config().vocabSize()));
    Path source = Path.of("test");
    GgufExport.write(weights, new GgufExport.About(source, 99, List.of(3, 5, 1), words, type), to);
    return to;
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16", "Q8_0", "Q4_0"})
  void blocks_are_byte_for_byte_those_of_the_reference(GgufType type)
      throws IOException, URISyntaxException {
    GgufHeader header = GgufHeader.read(golden("gguf/written.gguf"));
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(header.file())).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer values = bytes(file, header.tensors().get("F32")).asFloatBuffer();
    ByteBuffer expected = bytes(file, header.tensors().get(type.name()));
    assertThat(BlockEncoder.encode(values, type)).isEqualTo(expected);
  }

  private static ByteBuffer bytes(ByteBuffer file, GgufTensor tensor) {
    return file.slice((int) tensor.begin(), (int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"llama", "qwen2", "mistral", "qwen3", "qwen3-tied", "smollm3", "gemma2", "gemma3"})
  @Tag("slow")
  void a_model_comes_back_bit_for_bit_as_float32(String name) throws URISyntaxException {
    try (ModelFolder model = ModelFolder.load(golden("hf/" + name));
        ModelFolder back = ModelFolder.load(export(model.weights(), GgufType.F32))) {
      assertThat(back.config()).isEqualTo(model.config());
      assertThat(back.weights().sha256()).isEqualTo(model.weights().sha256());
      assertThat(back.context()).isEqualTo(99);
      assertThat(back.endTokens()).containsExactly(3, 5, 1);
      assertThat(Tokenizers.load(back.source()).encode("BAD")).containsExactly(1, 0, 3);
    }
  }

  /** A window, or none, in all but the last of every so many layers; a cap of logits, or none. */
  @Test
  void forms_of_gemma_3_come_back() {
    for (DecoderForm form :
        List.of(
            TinyModels.gemma3(),
            DecoderForm.gemma3(AttentionForm.plain().withScalar(6), 7),
            DecoderForm.gemma3(new AttentionForm(6, 0, 3, List.of(0, 1, 2), 100), 0),
            DecoderForm.gemma3(new AttentionForm(6, 0, 3, List.of(0, 2), 100), 0))) {
      try (Weights weights = TinyModels.weights(TinyModels.of(form, false), Seeds.of(8));
          ModelFolder back = ModelFolder.load(export(weights, GgufType.F32))) {
        assertThat(back.config()).isEqualTo(weights.config());
        assertThat(back.weights().sha256()).isEqualTo(weights.sha256());
      }
    }
  }

  /** Writing what was read of a type gives the same numbers: no second rounding. */
  @ParameterizedTest
  @EnumSource(names = {"F16", "Q8_0"})
  @Tag("slow")
  void a_model_that_is_written_twice_is_the_same(GgufType type) {
    ModelConfig sizes = ModelConfig.small(40, 64, 2, 2, 96);
    try (Weights weights = Weights.random(sizes, 0.5, 1, Seeds.of(8));
        ModelFolder once = ModelFolder.load(export(weights, type))) {
      assertThat(once.weights().sha256()).isNotEqualTo(weights.sha256());
      try (ModelFolder twice = ModelFolder.load(export(once.weights(), type))) {
        assertThat(twice.weights().sha256()).isEqualTo(once.weights().sha256());
      }
    }
  }

  @Test
  @Tag("slow")
  void norms_stay_whole_and_tables_of_q4_0_have_eight_bits() {
    ModelConfig sizes = ModelConfig.small(40, 64, 1, 2, 80);
    try (Weights weights = Weights.random(sizes, 0.5, 1, Seeds.of(8))) {
      GgufHeader header = GgufHeader.read(export(weights, GgufType.Q4_0));
      assertThat(header.tensors().get("blk.0.attn_norm.weight").type()).isEqualTo(GgufType.F32);
      assertThat(header.tensors().get("token_embd.weight").type()).isEqualTo(GgufType.Q8_0);
      assertThat(header.tensors().get("output.weight").type()).isEqualTo(GgufType.Q8_0);
      assertThat(header.tensors().get("blk.0.ffn_up.weight").type()).isEqualTo(GgufType.Q4_0);
      assertThat(header.tensors().get("blk.0.ffn_down.weight").type()).isEqualTo(GgufType.F16);
      assertThat(header.keys().count("general.file_type")).isEqualTo(2);
    }
  }

  @Test
  @Tag("slow")
  void what_has_no_form_is_refused_before_anything_is_written() {
    ModelConfig pairs = ModelConfig.small(17, 16, 1, 2, 16).withPairPositions(4, 100);
    try (Weights weights = Weights.random(pairs, 0.5, 1, Seeds.of(8))) {
      assertThatThrownBy(() -> export(weights, GgufType.F32))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has no GGUF form");
      assertThatThrownBy(() -> export(weights, GgufType.Q5_1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("tensors of type Q5_1 are not written as GGUF");
    }
    refused(
        TinyModels.of(DecoderForm.smollm3(List.of(0, 2)), false),
        "smollm3 leaves every fourth layer unrotated");
    refused(
        TinyModels.of(new DecoderForm(true, List.of(1)), false), "such a model has no GGUF form");
    AttentionForm window = TinyModels.gemma2().attention();
    for (DecoderForm form :
        List.of(
            TinyModels.gemma2(), // whose head is none of its own
            DecoderForm.gemma2(window, 0),
            DecoderForm.gemma2(AttentionForm.plain().withScalar(6), 30),
            DecoderForm.gemma3(window, 0),
            DecoderForm.gemma3(AttentionForm.plain().withScalar(7), 0),
            DecoderForm.gemma3(new AttentionForm(6, 0, 3, List.of(1, 2), 100), 0),
            new DecoderForm(false, List.of(), false, window, 0))) {
      refused(TinyModels.of(form, false), "such a model has no GGUF form");
    }
    ModelConfig scaled =
        new ModelConfig(
            19,
            16,
            2,
            4,
            2,
            4,
            24,
            1e-5,
            1e4,
            false,
            false,
            false,
            0,
            RopeScaling.llama3(8, 1, 4, 64),
            DecoderForm.qwen3());
    refused(scaled, "scaled as Llama 3's have no GGUF form for qwen3");
    assertThat(Arrays.asList(folder.toFile().list())).noneMatch(name -> name.endsWith(".gguf"));
  }

  private void refused(ModelConfig sizes, String message) {
    try (Weights weights = Weights.zeros(sizes)) {
      assertThatThrownBy(() -> export(weights, GgufType.F32))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(message);
    }
  }
}
