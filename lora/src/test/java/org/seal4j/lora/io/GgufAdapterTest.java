package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seal4j.lora.io.PeftFolders.ranks;
import static org.seal4j.lora.io.PeftFolders.tensors;
import static org.seal4j.lora.io.PeftFolders.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.InputException;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Tensors;

/** An adapter as GGUF is the adapter that it was as PEFT. */
class GgufAdapterTest {
  /** Without biases, so that rows of query and key stand in another order in a file. */
  private static final ModelConfig LLAMA =
      new ModelConfig(13, 12, 2, 4, 2, 6, 19, 1e-5, 100, false, false, false, 0);

  @TempDir Path folder;

  private static float[] logits(Weights weights, Path adapter) {
    try (PeftAdapter read = PeftAdapter.load(adapter, weights.config());
        AdapterBank bank = read.toBank()) {
      return TinyModels.logits(weights, TinyModels.single(bank, 0));
    }
  }

  private Path gguf(Weights weights, Path adapter, GgufType type) {
    Path file = folder.resolve(type + ".gguf");
    try (PeftAdapter read = PeftAdapter.load(adapter, weights.config())) {
      read.saveGguf(type, file);
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|0",
        "{\"use_rslora\": true}|1e-5",
        "{\"alpha_pattern\": {\"q_proj\": 3}}|1e-5",
        "{\"rank_pattern\": {\"down_proj\": 5}, \"alpha_pattern\": {\"down_proj\": 7}}|1e-5",
        "{\"lora_alpha\": -6}|0",
        "{\"alpha_pattern\": {\"q_proj\": 0}}|1e-5"
      })
  @Tag("slow")
  void an_adapter_that_went_through_GGUF_gives_the_same_logits(String json, double most)
      throws IOException {
    int down = json.contains("rank_pattern") ? 5 : 4;
    try (Weights llama = Weights.random(LLAMA, 0.5, 1, Seeds.of(1));
        Weights qwen = TinyModels.weights(1)) {
      for (Weights weights : new Weights[] {llama, qwen}) {
        Path peft = Files.createDirectories(folder.resolve("peft"));
        write(peft, json, tensors(weights.config(), ranks(4, down)));
        float[] wanted = logits(weights, peft);
        float[] base = TinyModels.logits(weights, null);
        assertThat(TinyModels.largestDifference(wanted, base)).isGreaterThan(0.05);
        Path file = gguf(weights, peft, GgufType.F32);
        assertThat(TinyModels.largestDifference(logits(weights, file), wanted))
            .isLessThanOrEqualTo(most);
        Path back = folder.resolve("back");
        try (PeftAdapter read = PeftAdapter.load(file, weights.config())) {
          assertThat(read.warnings()).isEmpty();
          read.save(back);
        }
        assertThat(TinyModels.largestDifference(logits(weights, back), wanted))
            .isLessThanOrEqualTo(most);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"all-linear", "all-linear+head", "q_proj,v_proj", "regex:.*1\\.mlp.*up_proj"})
  void targets_come_back(String targets) {
    LoraConfig lora = new LoraConfig(3, 6, false, new TargetModules(targets));
    Path file = folder.resolve("a.gguf");
    try (AdapterBank bank = TinyModels.noisyBank(1, lora, Seeds.of(2));
        PeftAdapter made = PeftAdapter.of(TinyModels.CONFIG, bank, 0, "")) {
      made.saveGguf(GgufType.F32, file);
      try (PeftAdapter read = PeftAdapter.load(file, TinyModels.CONFIG);
          AdapterBank back = read.toBank()) {
        assertThat(back.config().scaling()).isEqualTo(lora.scaling());
        assertThat(back.factors().keySet()).isEqualTo(bank.factors().keySet());
        assertThat(TinyModels.bytes(TinyModels.single(back, 0)))
            .isEqualTo(TinyModels.bytes(TinyModels.single(bank, 0)));
      }
    }
  }

  @Test
  void half_precision_is_close() throws IOException {
    try (Weights weights = Weights.random(LLAMA, 0.5, 1, Seeds.of(1))) {
      Path peft = Files.createDirectories(folder.resolve("peft"));
      write(peft, "{}", tensors(LLAMA, ranks(4, 4)));
      float[] wanted = logits(weights, peft);
      float[] half = logits(weights, gguf(weights, peft, GgufType.F16));
      assertThat(TinyModels.largestDifference(half, wanted)).isBetween(1e-7, 1e-2);
    }
  }

  /** As llama.cpp reads it: alpha 0, or none, is a scaling of 1. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void without_alpha_the_product_is_not_scaled(boolean stated) throws IOException {
    Map<String, INDArray> tensors = tensors(LLAMA, Map.of("model.layers.0.mlp.up_proj", 3));
    GgufWriter writer = new GgufWriter();
    writer.text("general.architecture", "llama");
    writer.text("general.type", "adapter");
    writer.text("adapter.type", "lora");
    if (stated) {
      writer.number("adapter.lora.alpha", 0f);
    }
    for (String factor : new String[] {"A", "B"}) {
      INDArray array = tensors.get(PeftFolders.key("model.layers.0.mlp.up_proj", factor));
      String name = "blk.0.ffn_up.weight.lora_" + (factor.equals("A") ? "a" : "b");
      writer.tensor(name, array.shape(), GgufType.F32, () -> Tensors.bytes(array));
    }
    Path file = folder.resolve("plain.gguf");
    writer.write(file);
    try (Weights weights = Weights.random(LLAMA, 0.5, 1, Seeds.of(1))) {
      PeftFolders.assertSameLogits(
          file, weights, tensors, Map.of("model.layers.0.mlp.up_proj", 1.0));
    }
  }

  @Test
  void alpha_is_written_as_it_is_where_B_needs_no_change() throws IOException {
    try (Weights weights = Weights.random(LLAMA, 0.5, 1, Seeds.of(1))) {
      Path peft = Files.createDirectories(folder.resolve("peft"));
      write(peft, "{\"lora_alpha\": 12}", tensors(LLAMA, ranks(4, 4)));
      GgufHeader header = GgufHeader.read(gguf(weights, peft, GgufType.F32));
      assertThat(header.keys().number("adapter.lora.alpha")).isEqualTo(12);
    }
  }

  @Test
  void a_file_that_is_no_adapter_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), "hello");
    assertThatThrownBy(() -> PeftAdapter.load(file, LLAMA))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is neither a folder of PEFT nor a .gguf file");
    Path truncated = Files.writeString(folder.resolve("x.gguf"), "GGUF");
    assertThatThrownBy(() -> PeftAdapter.load(truncated, LLAMA))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is no GGUF file");
  }
}
