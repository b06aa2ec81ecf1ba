package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seal4j.lora.io.PeftFolders.assertSameLogits;
import static org.seal4j.lora.io.PeftFolders.key;
import static org.seal4j.lora.io.PeftFolders.ranks;
import static org.seal4j.lora.io.PeftFolders.scalings;
import static org.seal4j.lora.io.PeftFolders.tensors;
import static org.seal4j.lora.io.PeftFolders.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.SafeTensorsReader;

class PeftAdapterTest {
  private static final String Q0 = "model.layers.0.self_attn.q_proj";
  private static final String K0 = "model.layers.0.self_attn.k_proj";
  private static final String DOWN1 = "model.layers.1.mlp.down_proj";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"false, 2.0", "true, 4.0"})
  void scaling_is_alpha_by_rank_or_by_its_root(boolean stabilised, double scaling)
      throws IOException {
    try (Weights weights = TinyModels.weights(1)) {
      Map<String, INDArray> tensors = tensors(weights.config(), ranks(4, 4));
      write(folder, "{\"use_rslora\": " + stabilised + "}", tensors);
      assertSameLogits(folder, weights, tensors, scalings(scaling, scaling));
    }
  }

  @Test
  void ranks_and_alphas_may_differ_between_modules() throws IOException {
    try (Weights weights = TinyModels.weights(1)) {
      Map<String, INDArray> tensors = tensors(weights.config(), ranks(2, 5));
      write(
          folder,
          "{\"rank_pattern\": {\"down_proj\": 5, \"layers.[01].self_attn.q_proj\": 2},"
              + " \"alpha_pattern\": {\"q_proj\": 3}}",
          tensors);
      assertSameLogits(folder, weights, tensors, scalings(3.0 / 2, 8.0 / 5));
      write(
          folder,
          "{\"rank_pattern\": {\"down_proj\": 5, \"^model.layers.*q_proj\": 2},"
              + " \"use_rslora\": true}",
          tensors);
      assertSameLogits(folder, weights, tensors, scalings(8 / Math.sqrt(2), 8 / Math.sqrt(5)));
    }
  }

  /** Rank, input and output all 12: a transposed factor would fit as well, and be another model. */
  @Test
  void square_factors_are_not_mixed_up_with_their_transposes() throws IOException {
    try (Weights weights = TinyModels.weights(1)) {
      Map<String, INDArray> tensors = tensors(weights.config(), Map.of(K0, 12));
      assertThat(tensors.get(key(K0, "A")).shape())
          .isEqualTo(tensors.get(key(K0, "B")).shape())
          .containsExactly(12, 12);
      write(folder, "{\"r\": 12, \"target_modules\": [\"layers.0.self_attn.k_proj\"]}", tensors);
      assertSameLogits(folder, weights, tensors, Map.of(K0, 8.0 / 12));
    }
  }

  @Test
  void the_head_is_a_target_like_others() throws IOException {
    try (Weights weights = TinyModels.weights(1)) {
      Map<String, INDArray> tensors = tensors(weights.config(), Map.of("lm_head", 4));
      write(folder, "{\"target_modules\": [\"lm_head\"]}", tensors);
      assertSameLogits(folder, weights, tensors, Map.of("lm_head", 2.0));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"q_proj\", \"down_proj\"]",
        "[\"down_proj\", \"self_attn.q_proj\"]",
        "\".*\\\\.(q_proj|down_proj)\"",
        "\"model\\\\.layers\\\\.\\\\d+\\\\..*(self_attn\\\\.q|mlp\\\\.down)_proj\""
      })
  void targets_are_a_list_of_names_or_a_regular_expression(String targets) throws IOException {
    try (Weights weights = TinyModels.weights(1)) {
      Map<String, INDArray> tensors = tensors(weights.config(), ranks(4, 4));
      write(folder, "{\"target_modules\": " + targets + "}", tensors);
      assertSameLogits(folder, weights, tensors, scalings(2, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"all-linear", "all-linear+head", "q_proj,v_proj", "regex:.*\\.(up|down)_proj"})
  void a_saved_adapter_is_loaded_and_saved_byte_for_byte(String targets) throws IOException {
    LoraConfig lora = new LoraConfig(3, 4.5, true, new TargetModules(targets));
    try (AdapterBank bank = TinyModels.noisyBank(3, lora, Seeds.of(2));
        PeftAdapter saved = PeftAdapter.of(TinyModels.CONFIG, bank, 1, "org/base")) {
      saved.save(folder.resolve("a"));
      try (PeftAdapter loaded = PeftAdapter.load(folder.resolve("a"), TinyModels.CONFIG);
          AdapterBank alone = loaded.toBank()) {
        loaded.save(folder.resolve("b"));
        for (String name :
            List.of("adapter_config.json", "adapter_model.safetensors", "README.md")) {
          assertThat(folder.resolve("b").resolve(name))
              .hasSameBinaryContentAs(folder.resolve("a").resolve(name));
        }
        assertThat(alone.config().scaling()).isEqualTo(lora.scaling());
        assertThat(TinyModels.bytes(TinyModels.single(alone, 0)))
            .isEqualTo(TinyModels.bytes(TinyModels.single(bank, 1)));
      }
    }
  }

  @Test
  void mixed_ranks_are_saved_as_they_were_loaded() throws IOException {
    Map<String, INDArray> tensors = tensors(TinyModels.CONFIG, ranks(2, 5));
    write(folder, "{\"rank_pattern\": {\"down_proj\": 5}, \"r\": 2}", tensors);
    try (PeftAdapter adapter = PeftAdapter.load(folder, TinyModels.CONFIG)) {
      adapter.save(folder.resolve("again"));
      assertThat(folder.resolve("again/adapter_model.safetensors"))
          .hasSameBinaryContentAs(folder.resolve("adapter_model.safetensors"));
      assertThat(folder.resolve("again/adapter_config.json"))
          .content()
          .contains("\"down_proj\": 5", "\"r\": 2", "\"lora_alpha\": 8,");
    }
  }

  @Test
  void saved_names_and_shapes_are_those_of_PEFT() {
    LoraConfig lora = new LoraConfig(3, 6, false, TargetModules.allLinear());
    try (AdapterBank bank = TinyModels.noisyBank(1, lora, Seeds.of(2));
        PeftAdapter adapter = PeftAdapter.of(TinyModels.CONFIG, bank, 0, "")) {
      adapter.save(folder);
    }
    try (SafeTensorsReader reader =
        SafeTensorsReader.open(folder.resolve("adapter_model.safetensors"))) {
      assertThat(reader.metadata()).containsExactly(Map.entry("format", "pt"));
      assertThat(reader.shapes()).hasSize(2 * 14);
      assertThat(reader.shapes().get("base_model.model." + DOWN1 + ".lora_A.weight"))
          .containsExactly(3, 19);
      assertThat(reader.shapes().get("base_model.model." + DOWN1 + ".lora_B.weight"))
          .containsExactly(12, 3);
    }
  }

  @Test
  void stored_by_content_it_is_the_same_wherever_its_base_lies() {
    LoraConfig lora = new LoraConfig(3, 6, false, TargetModules.allLinear());
    Map<String, String> base = Map.of(PeftAdapter.BASE_HASH, "ab12");
    try (AdapterBank bank = TinyModels.noisyBank(1, lora, Seeds.of(2))) {
      for (String place : List.of("here", "there")) {
        Path to = folder.resolve(place);
        try (PeftAdapter made = PeftAdapter.of(TinyModels.CONFIG, bank, 0, place + "/model")) {
          made.save(to.resolve("named"), base);
          made.saveByContent(to.resolve("foreign"));
        }
        try (PeftAdapter read = PeftAdapter.load(to.resolve("named"), TinyModels.CONFIG)) {
          read.saveByContent(to.resolve("stored"));
        }
      }
    }
    for (String file : List.of("adapter_config.json", "adapter_model.safetensors", "README.md")) {
      assertThat(folder.resolve("here/stored").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("there/stored").resolve(file));
    }
    assertThat(AdapterSummary.read(folder.resolve("here/stored")))
        .extracting(AdapterSummary::base, AdapterSummary::baseHash)
        .containsExactly("", "ab12");
    assertThat(folder.resolve("here/stored/README.md"))
        .content()
        .contains("| base model | the one whose weights have the SHA-256 ab12 |")
        .doesNotContain("base_model: ");
    assertThat(AdapterSummary.read(folder.resolve("here/foreign")).base())
        .as("all that says what it belongs to")
        .isEqualTo("here/model");
  }

  @Test
  void the_card_says_how_the_adapter_is_made_and_used() {
    LoraConfig lora = new LoraConfig(3, 6, true, TargetModules.allLinear());
    try (AdapterBank bank = TinyModels.noisyBank(1, lora, Seeds.of(2));
        PeftAdapter adapter = PeftAdapter.of(TinyModels.CONFIG, bank, 0, "org/\"base\"")) {
      adapter.save(folder);
    }
    assertThat(folder.resolve("README.md"))
        .content()
        .startsWith("---\nbase_model: \"org/\\\"base\\\"\"\nlibrary_name: peft\n")
        .contains("| rank | 3 |", "alpha / sqrt(rank)", "`all-linear`", "seal generate");
  }

  @Test
  void an_adapter_for_another_base_is_refused_by_module_and_shape() throws IOException {
    write(folder, "{}", tensors(TinyModels.CONFIG, ranks(4, 4)));
    ModelConfig wider = new ModelConfig(13, 14, 2, 4, 2, 6, 19, 1e-5, 100, false, false, true, 0);
    assertThatThrownBy(() -> PeftAdapter.load(folder, wider).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another base model")
        .hasMessageContaining(Q0 + ".lora_A.weight is [4, 12] instead of [4, 14]");
    ModelConfig deeper = new ModelConfig(13, 12, 3, 4, 2, 6, 19, 1e-5, 100, false, false, true, 0);
    assertThatThrownBy(() -> PeftAdapter.load(folder, deeper).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("missing [base_model.model.model.layers.2.mlp.down_proj.lora_A");
  }

  @Test
  void a_folder_without_an_adapter_says_what_is_missing() throws IOException {
    assertThatThrownBy(() -> PeftAdapter.load(folder, TinyModels.CONFIG))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is no adapter: it has no adapter_config.json");
    write(folder, "{}", Map.of());
    Files.delete(folder.resolve("adapter_model.safetensors"));
    Files.writeString(folder.resolve("adapter_model.bin"), "x");
    assertThatThrownBy(() -> PeftAdapter.load(folder, TinyModels.CONFIG))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("save the adapter as safetensors");
  }
}
