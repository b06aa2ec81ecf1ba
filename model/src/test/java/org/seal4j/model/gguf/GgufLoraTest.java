package org.seal4j.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.InputException;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufTensor;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.FuzzTrial;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;
import org.seal4j.model.gguf.GgufLora.Factors;
import org.seal4j.model.graph.RopeScaling;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.testing.TinyModels;

/** LoRA adapters as GGUF files: the layout of llama.cpp, and what is refused. */
class GgufLoraTest {
  private static final Seeds SEEDS = TinyModels.seeds("gguf lora");
  private static final int CASES = 300;

  /** Four heads of 4 and two key heads: rows of q and k are turned within their heads. */
  private static final ModelConfig LLAMA =
      new ModelConfig(19, 16, 2, 4, 2, 4, 24, 1e-5, 1e4, false, false, false, 0);

  private static final ModelConfig QWEN2 =
      new ModelConfig(19, 16, 2, 4, 2, 4, 24, 1e-5, 1e4, false, true, true, 0);

  private static final ModelConfig QWEN3 = TinyModels.of(DecoderForm.qwen3(), false);

  private static final ModelConfig GEMMA3 = TinyModels.of(TinyModels.gemma3(), false);

  private static final ModelConfig SMOLLM3 =
      new ModelConfig(
          19,
          16,
          4,
          4,
          2,
          4,
          24,
          1e-5,
          1e4,
          false,
          true,
          false,
          0,
          RopeScaling.none(),
          DecoderForm.smollm3(List.of(3)));

  private static final String Q0 = "model.layers.0.self_attn.q_proj";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("adapter.gguf");
  }

  private Path written(ModelConfig base, int rank, GgufType type) {
    try (GgufLora lora = new GgufLora(5, LoraFiles.random(base, rank, SEEDS))) {
      lora.write(base, type, file());
    }
    return file();
  }

  static List<ModelConfig> bases() {
    return List.of(LLAMA, QWEN2, QWEN3, SMOLLM3, GEMMA3);
  }

  @ParameterizedTest
  @MethodSource("bases")
  @Tag("slow")
  void an_adapter_comes_back_bit_for_bit(ModelConfig base) {
    written(base, 3, GgufType.F32);
    try (GgufLora made = new GgufLora(5, LoraFiles.random(base, 3, SEEDS));
        GgufLora back = GgufLora.read(file(), base)) {
      assertThat(back.alpha()).isEqualTo(5);
      assertThat(List.copyOf(back.factors().keySet()))
          .isEqualTo(List.copyOf(made.factors().keySet()))
          .hasSize(7 * base.layers());
      made.factors()
          .forEach(
              (module, f) -> {
                Factors read = back.factors().get(module);
                assertThat(Tensors.bytes(read.a())).as(module).isEqualTo(Tensors.bytes(f.a()));
                assertThat(Tensors.bytes(read.b())).as(module).isEqualTo(Tensors.bytes(f.b()));
              });
    }
  }

  @Test
  void keys_names_and_shapes_are_those_of_llama_cpp() {
    GgufHeader header = GgufHeader.read(written(LLAMA, 3, GgufType.F16));
    assertThat(header.keys().text("general.type")).isEqualTo("adapter");
    assertThat(header.keys().text("general.architecture")).isEqualTo("llama");
    assertThat(header.keys().text("adapter.type")).isEqualTo("lora");
    assertThat(header.keys().number("adapter.lora.alpha")).isEqualTo(5);
    GgufTensor a = header.tensors().get("blk.1.ffn_down.weight.lora_a");
    GgufTensor b = header.tensors().get("blk.1.ffn_down.weight.lora_b");
    assertThat(a.type()).isEqualTo(GgufType.F16);
    assertThat(a.shape()).containsExactly(3, 24); // dims [in, r] in the file's order
    assertThat(b.shape()).containsExactly(16, 3);
    assertThat(header.tensors()).hasSize(28);
  }

  /** Row 2i of a head is its row i in Hugging Face's order, row 2i + 1 its row i + k/2. */
  @Test
  void rows_of_B_of_query_and_key_are_neighbouring_planes_where_the_base_has_them()
      throws IOException {
    for (ModelConfig base : List.of(LLAMA, QWEN2, SMOLLM3)) {
      Map<String, Factors> factors = new LinkedHashMap<>();
      factors.put(Q0, new Factors(Tensors.zeros(1, 16), Tensors.zeros(16, 1)));
      for (int row = 0; row < 16; row++) {
        factors.get(Q0).b().putScalar(row, row);
      }
      try (GgufLora lora = new GgufLora(1, factors)) {
        lora.write(base, GgufType.F32, file());
      }
      GgufTensor b = GgufHeader.read(file()).tensors().get("blk.0.attn_q.weight.lora_b");
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file())).order(ByteOrder.LITTLE_ENDIAN);
      float[] rows = new float[16];
      bytes.position((int) b.begin());
      bytes.asFloatBuffer().get(rows);
      assertThat(rows)
          .startsWith(
              base != QWEN2 ? new float[] {0, 2, 1, 3, 4, 6, 5, 7} : new float[] {0, 1, 2, 3, 4});
    }
  }

  @Test
  void an_adapter_of_another_base_is_refused_in_one_sentence() {
    Path file = written(LLAMA, 3, GgufType.F32);
    refused(QWEN2, "is an adapter of another base: its general.architecture is 'llama'");
    refused(SMOLLM3, "its general.architecture is 'llama' but the model's is 'smollm3'");
    refused(
        new ModelConfig(19, 20, 2, 4, 2, 4, 24, 1e-5, 1e4, false, false, false, 0),
        "is an adapter of another base: its factors for blk.0.attn_q.weight are [3, 16] and [16, 3],"
            + " but the model takes 20 numbers and gives 16 there");
    refused(
        new ModelConfig(19, 16, 1, 4, 2, 4, 24, 1e-5, 1e4, false, false, false, 0),
        "no LoRA factors of a linear of this model, so it belongs to another base");
    GgufLora.read(file, LLAMA).close();
  }

  private void refused(ModelConfig base, String message) {
    assertThatThrownBy(() -> GgufLora.read(file(), base).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining(message);
  }

  private void write(Consumer<GgufWriter> more) {
    GgufWriter writer = new GgufWriter();
    writer.text("general.architecture", "llama");
    writer.text("general.type", "adapter");
    writer.text("adapter.type", "lora");
    writer.number("adapter.lora.alpha", 4f);
    more.accept(writer);
    writer.write(file());
  }

  private static void tensor(GgufWriter writer, String name, long... shape) {
    int values = (int) (shape[0] * (shape.length == 1 ? 1 : shape[1]));
    writer.tensor(name, shape, GgufType.F32, () -> ByteBuffer.allocate(4 * values));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "general.type|model|is no LoRA adapter: general.type is 'model' but 'adapter' is expected",
        "adapter.type|control|adapter.type is 'control' but 'lora' is expected",
        "general.architecture|bert|its general.architecture is 'bert' but the model's is 'llama'"
      })
  @Tag("slow")
  void what_is_no_adapter_is_refused_by_key(String key, String value, String message) {
    write(writer -> writer.text(key, value));
    refused(LLAMA, message);
  }

  @Test
  void what_is_not_built_or_damaged_is_refused_by_tensor() {
    write(writer -> {});
    refused(LLAMA, "holds no adapter: it has no tensors");
    write(writer -> tensor(writer, "blk.0.attn_q.weight.lora_a", 2, 16));
    refused(LLAMA, "lacks the tensor blk.0.attn_q.weight.lora_b");
    write(writer -> tensor(writer, "blk.0.attn_norm.weight", 16));
    refused(LLAMA, "trains more than linears: [blk.0.attn_norm.weight]");
    write(writer -> tensor(writer, "token_embd.weight.lora_a", 2, 16));
    refused(LLAMA, "trains more than linears: [token_embd.weight.lora_a]");
  }

  @Test
  @Tag("slow")
  void what_GGUF_has_no_word_for_is_refused_before_anything_is_written() {
    Map<String, Factors> head = new LinkedHashMap<>();
    head.put(WeightNames.HEAD, new Factors(Tensors.zeros(1, 16), Tensors.zeros(19, 1)));
    try (GgufLora lora = new GgufLora(1, head)) {
      assertThatThrownBy(() -> lora.write(QWEN2, GgufType.F32, file()))
          .hasMessageContaining("the head of this model is its embedding");
      assertThatThrownBy(() -> lora.write(LLAMA.withPairPositions(4, 100), GgufType.F32, file()))
          .hasMessageContaining("has no GGUF form");
      assertThatThrownBy(() -> lora.write(LLAMA, GgufType.Q8_0, file()))
          .hasMessageContaining("of type F32 or F16, but Q8_0 was asked for");
      assertThat(file()).doesNotExist();
      lora.write(LLAMA, GgufType.F32, file());
    }
    try (GgufLora back = GgufLora.read(file(), LLAMA)) {
      assertThat(back.factors()).containsOnlyKeys(WeightNames.HEAD);
    }
  }

  /** Damaged files: read, or refused by file in one line and in time. */
  @Test
  @Tag("slow")
  void a_damaged_adapter_is_read_or_refused() throws IOException {
    byte[] sound = Files.readAllBytes(written(LLAMA, 2, GgufType.F32));
    GgufHeader header = GgufHeader.read(file());
    Map<String, Integer> outcomes =
        FuzzTrial.run(
            "gguf lora",
            file().toString(),
            CASES,
            rng -> {
              Files.write(file(), FuzzedGguf.damage(sound, header, rng));
              try (GgufLora read = GgufLora.read(file(), LLAMA)) {
                for (Factors f : read.factors().values()) {
                  for (INDArray array : List.of(f.a(), f.b())) {
                    assertThat(array.length()).isPositive();
                  }
                }
              }
            });
    assertThat(outcomes.get("refused")).isGreaterThan(CASES / 3);
    assertThat(outcomes.get("read")).isGreaterThan(CASES / 100);
  }
}
