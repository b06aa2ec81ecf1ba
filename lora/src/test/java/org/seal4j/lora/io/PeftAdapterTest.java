package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.SafeTensors;
import org.seal4j.model.weights.SafeTensorsReader;

class PeftAdapterTest {
  private static final String Q0 = "model.layers.0.self_attn.q_proj";
  private static final String K0 = "model.layers.0.self_attn.k_proj";
  private static final String DOWN1 = "model.layers.1.mlp.down_proj";

  @TempDir Path folder;

  private static String key(String module, String factor) {
    return "base_model.model." + module + ".lora_" + factor + ".weight";
  }

  /** A folder as PEFT writes it: these keys over its defaults, these tensors. */
  private void write(String json, Map<String, INDArray> tensors) throws IOException {
    ObjectNode keys =
        (ObjectNode)
            Json.parse(
                """
                {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": 4, "lora_alpha": 8,
                 "lora_dropout": 0.05, "bias": "none", "fan_in_fan_out": false,
                 "inference_mode": true, "init_lora_weights": true, "loftq_config": {},
                 "megatron_core": "megatron.core", "modules_to_save": null, "use_dora": false,
                 "rank_pattern": {}, "alpha_pattern": {}, "layers_to_transform": null,
                 "base_model_name_or_path": "tiny", "target_modules": ["q_proj", "down_proj"]}
                """,
                JsonNode.class,
                "test");
    keys.setAll((ObjectNode) Json.parse(json, JsonNode.class, "test"));
    Json.write(folder.resolve("adapter_config.json"), keys);
    SafeTensors.write(folder.resolve("adapter_model.safetensors"), tensors, Map.of("format", "pt"));
  }

  private static INDArray random(Rng rng, long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, (float) (0.4 * rng.nextGaussian()));
    }
    return array;
  }

  /** A and B of these modules with the ranks given, in PEFT's shapes. */
  private static Map<String, INDArray> tensors(ModelConfig base, Map<String, Integer> ranks) {
    Map<String, INDArray> tensors = new TreeMap<>();
    new TargetModules("all-linear+head")
        .resolve(base)
        .forEach(
            (module, shape) -> {
              Integer rank = ranks.get(module);
              if (rank != null) {
                Rng rng = Seeds.of(7).child(module).rng();
                tensors.put(key(module, "A"), random(rng, rank, shape[1]));
                tensors.put(key(module, "B"), random(rng, shape[0], rank));
              }
            });
    return tensors;
  }

  private static Map<String, Integer> ranks(int q, int down) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    for (int l = 0; l < 2; l++) {
      ranks.put("model.layers." + l + ".self_attn.q_proj", q);
      ranks.put("model.layers." + l + ".mlp.down_proj", down);
    }
    return ranks;
  }

  /** PEFT's definition, in double: {@code W + scaling * B A}, module by module. */
  private static Weights defined(
      Weights base, Map<String, INDArray> tensors, Map<String, Double> scalings) {
    Weights merged = base.copy();
    scalings.forEach(
        (module, scaling) -> {
          INDArray a = tensors.get(key(module, "A"));
          INDArray b = tensors.get(key(module, "B"));
          INDArray w = merged.get(module + ".weight");
          for (int o = 0; o < w.size(0); o++) {
            for (int i = 0; i < w.size(1); i++) {
              double sum = 0;
              for (int r = 0; r < a.size(0); r++) {
                sum += b.getDouble(o, r) * a.getDouble(r, i);
              }
              w.putScalar(o, i, (float) (w.getDouble(o, i) + scaling * sum));
            }
          }
        });
    return merged;
  }

  private void assertSameLogits(
      Weights weights, Map<String, INDArray> tensors, Map<String, Double> scalings) {
    try (Weights expected = defined(weights, tensors, scalings);
        PeftAdapter adapter = PeftAdapter.load(folder, weights.config());
        AdapterBank bank = adapter.toBank()) {
      float[] base = TinyModels.logits(weights, null);
      float[] wanted = TinyModels.logits(expected, null);
      float[] adapted = TinyModels.logits(weights, TinyModels.single(bank, 0));
      assertThat(TinyModels.largestDifference(wanted, base)).isGreaterThan(0.05);
      assertThat(TinyModels.largestDifference(adapted, wanted)).isLessThan(1e-5);
    }
  }

  private static Map<String, Double> scalings(double q, double down) {
    Map<String, Double> scalings = new LinkedHashMap<>();
    ranks(1, 1).keySet().forEach(m -> scalings.put(m, m.endsWith("q_proj") ? q : down));
    return scalings;
  }

  @ParameterizedTest
  @CsvSource({"false, 2.0", "true, 4.0"})
  void scaling_is_alpha_by_rank_or_by_its_root(boolean stabilised, double scaling)
      throws IOException {
    try (Weights weights = TinyModels.weights(1)) {
      Map<String, INDArray> tensors = tensors(weights.config(), ranks(4, 4));
      write("{\"use_rslora\": " + stabilised + "}", tensors);
      assertSameLogits(weights, tensors, scalings(scaling, scaling));
    }
  }

  @Test
  void ranks_and_alphas_may_differ_between_modules() throws IOException {
    try (Weights weights = TinyModels.weights(1)) {
      Map<String, INDArray> tensors = tensors(weights.config(), ranks(2, 5));
      write(
          "{\"rank_pattern\": {\"down_proj\": 5, \"layers.[01].self_attn.q_proj\": 2},"
              + " \"alpha_pattern\": {\"q_proj\": 3}}",
          tensors);
      assertSameLogits(weights, tensors, scalings(3.0 / 2, 8.0 / 5));
      write(
          "{\"rank_pattern\": {\"down_proj\": 5, \"^model.layers.*q_proj\": 2},"
              + " \"use_rslora\": true}",
          tensors);
      assertSameLogits(weights, tensors, scalings(8 / Math.sqrt(2), 8 / Math.sqrt(5)));
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
      write("{\"r\": 12, \"target_modules\": [\"layers.0.self_attn.k_proj\"]}", tensors);
      assertSameLogits(weights, tensors, Map.of(K0, 8.0 / 12));
    }
  }

  @Test
  void the_head_is_a_target_like_others() throws IOException {
    try (Weights weights = TinyModels.weights(1)) {
      Map<String, INDArray> tensors = tensors(weights.config(), Map.of("lm_head", 4));
      write("{\"target_modules\": [\"lm_head\"]}", tensors);
      assertSameLogits(weights, tensors, Map.of("lm_head", 2.0));
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
      write("{\"target_modules\": " + targets + "}", tensors);
      assertSameLogits(weights, tensors, scalings(2, 2));
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
    write("{\"rank_pattern\": {\"down_proj\": 5}, \"r\": 2}", tensors);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"peft_type\": \"IA3\"|peft_type is \"IA3\"",
        "\"use_dora\": true|use_dora is true",
        "\"bias\": \"lora_only\"|bias is \"lora_only\"",
        "\"lora_bias\": true|lora_bias is true",
        "\"fan_in_fan_out\": true|fan_in_fan_out is true",
        "\"modules_to_save\": [\"lm_head\"]|modules_to_save is [\"lm_head\"]",
        "\"layers_to_transform\": [1]|layers_to_transform is [1]",
        "\"layer_replication\": [[0,1]]|layer_replication is [[0,1]]",
        "\"init_lora_weights\": \"pissa\"|changes the base's weights",
        "\"trainable_token_indices\": [3]|trainable_token_indices is [3]",
        "\"r\": 0|r must be an integer >= 1",
        "\"lora_alpha\": null|lacks the key lora_alpha",
        "\"target_modules\": []|target_modules must be a list of module names",
        "\"target_modules\": [3]|target_modules must be a list of module names",
        "\"target_modules\": [\"c_attn\"]|target_modules [c_attn] matches no module of the model; it has [model.layers.0.self_attn.q_proj",
        "\"target_modules\": [\"q_proj\", \"embed_tokens\"]|reaches model.embed_tokens, which is no linear",
        "\"target_modules\": \".*mlp.*\"|reaches model.layers.0.mlp, which is no linear",
        "\"target_modules\": \"q_proj\"|target_modules q_proj matches no module",
        "\"target_modules\": \"(\"|target_modules: '(' is no regular expression of Python that is read here: it has a ( without its )",
        "\"target_modules\": \".*\\\\Qq_proj\"|has \\Q, which is not supported",
        "\"rank_pattern\": {\"(\": 3}|rank_pattern '(': '(.*\\.)?(()' is no regular expression",
        "\"rank_pattern\": {\"q_proj\": 0}|rank_pattern.q_proj must be an integer >= 1 but is 0",
        "\"alpha_pattern\": {\"q_proj\": null}|lacks the key alpha_pattern.q_proj",
        "\"kasa_config\": {\"a\": 1}|kasa_config is {\"a\":1} (singular values between A and B)",
        "\"use_rope_lora\": 7|use_rope_lora is 7 (PEFT up to 0.21 has no such key",
        "\"ensure_weight_tying\": true|ensure_weight_tying is true",
        "\"target_modules\": [\"q_proj\"]|not expected [base_model.model.model.layers.0.mlp.down_proj.lora_A",
        "\"target_modules\": \"all-linear\"|missing [base_model.model.model.layers.0.mlp.gate_proj.lora_A",
        "\"r\": 5|lora_A.weight is [4, 12] instead of [5, 12]"
      })
  void what_is_not_built_or_does_not_fit_is_named(String keys, String reason) throws IOException {
    write("{" + keys + "}", tensors(TinyModels.CONFIG, ranks(4, 4)));
    assertThatThrownBy(() -> PeftAdapter.load(folder, TinyModels.CONFIG).close())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(reason)
        .message()
        .hasLineCount(1);
  }

  /** PEFT's defaults: rank and alpha 8, query and value. */
  @Test
  void a_key_that_is_left_out_means_what_PEFT_means() throws IOException {
    try (Weights weights = TinyModels.weights(1)) {
      Map<String, Integer> ranks = new LinkedHashMap<>();
      Map<String, Double> scalings = new LinkedHashMap<>();
      for (int l = 0; l < 2; l++) {
        for (String name : List.of("q_proj", "v_proj")) {
          ranks.put("model.layers." + l + ".self_attn." + name, 8);
          scalings.put("model.layers." + l + ".self_attn." + name, 1.0);
        }
      }
      Map<String, INDArray> tensors = tensors(weights.config(), ranks);
      write("{}", tensors);
      Files.writeString(folder.resolve("adapter_config.json"), "{\"peft_type\": \"LORA\"}");
      assertSameLogits(weights, tensors, scalings);
    }
  }

  @Test
  void one_name_that_matches_is_enough() throws IOException {
    Map<String, INDArray> tensors = tensors(TinyModels.CONFIG, ranks(4, 4));
    write("{\"target_modules\": [\"q_proj\", \"c_attn\", \"down_proj\", \"a,b\"]}", tensors);
    try (PeftAdapter adapter = PeftAdapter.load(folder, TinyModels.CONFIG)) {
      assertThat(adapter.targetModules().spec()).isEqualTo("q_proj,down_proj");
      assertThat(adapter.warnings()).isEmpty();
      adapter.save(folder.resolve("again"));
      assertThat(folder.resolve("again/adapter_config.json")).content().contains("\"c_attn\"");
    }
  }

  /** {@code lora_alpha} 0 switches the adapter off, below 0 it turns it round, as PEFT does. */
  @ParameterizedTest
  @CsvSource({"0, 0.0, 0.0", "-8, -2.0, -2.0"})
  void an_alpha_of_0_or_less_is_read_as_PEFT_reads_it(String alpha, double q, double down)
      throws IOException {
    try (Weights weights = TinyModels.weights(1)) {
      Map<String, INDArray> tensors = tensors(weights.config(), ranks(4, 4));
      write("{\"lora_alpha\": " + alpha + "}", tensors);
      try (Weights expected = defined(weights, tensors, scalings(q, down));
          PeftAdapter adapter = PeftAdapter.load(folder, weights.config());
          AdapterBank bank = adapter.toBank()) {
        float[] wanted = TinyModels.logits(expected, null);
        float[] adapted = TinyModels.logits(weights, TinyModels.single(bank, 0));
        assertThat(TinyModels.largestDifference(adapted, wanted)).isLessThan(1e-5);
      }
      write("{\"lora_alpha\": 0, \"alpha_pattern\": {\"q_proj\": " + alpha + "}}", tensors);
      try (Weights expected = defined(weights, tensors, scalings(q, 0));
          PeftAdapter adapter = PeftAdapter.load(folder, weights.config());
          AdapterBank bank = adapter.toBank()) {
        float[] wanted = TinyModels.logits(expected, null);
        float[] adapted = TinyModels.logits(weights, TinyModels.single(bank, 0));
        assertThat(TinyModels.largestDifference(adapted, wanted)).isLessThan(1e-5);
      }
    }
  }

  /** PEFT 0.21 warns and goes on with the adapter's own rank and alpha. */
  @ParameterizedTest
  @ValueSource(
      strings = {"^q_proj", "q_porj", "base_model.model.model.layers.0.self_attn.q_proj", "k_proj"})
  void a_pattern_that_fits_no_module_is_named_and_ignored(String pattern) throws IOException {
    try (Weights weights = TinyModels.weights(1)) {
      Map<String, INDArray> tensors = tensors(weights.config(), ranks(4, 4));
      for (String key : List.of("rank_pattern", "alpha_pattern")) {
        write("{\"" + key + "\": {\"" + pattern + "\": 100}}", tensors);
        assertSameLogits(weights, tensors, scalings(2, 2));
        try (PeftAdapter adapter = PeftAdapter.load(folder, weights.config())) {
          assertThat(adapter.warnings())
              .containsExactly(
                  "%s: %s: [%s] fits no module that has an adapter, and is ignored"
                      .formatted(folder.resolve("adapter_config.json"), key, pattern));
        }
      }
    }
  }

  @Test
  @Timeout(20)
  void expressions_that_try_for_ever_are_refused_within_seconds() throws IOException {
    Map<String, INDArray> tensors = tensors(TinyModels.CONFIG, ranks(4, 4));
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      many.append(i == 0 ? "" : ", ").append("\"((\\\\w|\\\\.)+)+\\\\2").append(i).append("#\": 2");
    }
    for (String keys :
        List.of(
            "\"target_modules\": \"((\\\\w|\\\\.)*)*\\\\1#\"",
            "\"target_modules\": \"" + "(|a|)".repeat(60) + "!\"",
            "\"rank_pattern\": {" + many + "}")) {
      write("{" + keys + "}", tensors);
      assertThatThrownBy(() -> PeftAdapter.load(folder, TinyModels.CONFIG).close())
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(folder.resolve("adapter_config.json").toString());
    }
  }

  @Test
  void an_adapter_for_another_base_is_refused_by_module_and_shape() throws IOException {
    write("{}", tensors(TinyModels.CONFIG, ranks(4, 4)));
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
    write("{}", Map.of());
    Files.delete(folder.resolve("adapter_model.safetensors"));
    Files.writeString(folder.resolve("adapter_model.bin"), "x");
    assertThatThrownBy(() -> PeftAdapter.load(folder, TinyModels.CONFIG))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("save the adapter as safetensors");
  }
}
