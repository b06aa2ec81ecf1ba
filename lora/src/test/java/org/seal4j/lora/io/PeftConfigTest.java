package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seal4j.lora.io.PeftFolders.assertSameLogits;
import static org.seal4j.lora.io.PeftFolders.defined;
import static org.seal4j.lora.io.PeftFolders.key;
import static org.seal4j.lora.io.PeftFolders.ranks;
import static org.seal4j.lora.io.PeftFolders.scalings;
import static org.seal4j.lora.io.PeftFolders.tensors;
import static org.seal4j.lora.io.PeftFolders.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.InputException;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;

/** adapter_config.json of other makers: what is read, what is refused, and how it is named. */
class PeftConfigTest {
  @TempDir Path folder;

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
        "\"layers_to_transform\": [1]|not expected [base_model.model.model.layers.0",
        "\"layers_to_transform\": [-1]|layers_to_transform must be the number of a layer",
        "\"exclude_modules\": [\"q_proj\"]|not expected [base_model.model.model.layers.0.self_attn",
        "\"exclude_modules\": [7]|exclude_modules must be a name or a list of names but is [7]",
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
    write(folder, "{" + keys + "}", tensors(TinyModels.CONFIG, ranks(4, 4)));
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
      write(folder, "{}", tensors);
      Files.writeString(folder.resolve("adapter_config.json"), "{\"peft_type\": \"LORA\"}");
      assertSameLogits(folder, weights, tensors, scalings);
    }
  }

  @Test
  void one_name_that_matches_is_enough() throws IOException {
    Map<String, INDArray> tensors = tensors(TinyModels.CONFIG, ranks(4, 4));
    write(
        folder, "{\"target_modules\": [\"q_proj\", \"c_attn\", \"down_proj\", \"a,b\"]}", tensors);
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
      write(folder, "{\"lora_alpha\": " + alpha + "}", tensors);
      try (Weights expected = defined(weights, tensors, scalings(q, down));
          PeftAdapter adapter = PeftAdapter.load(folder, weights.config());
          AdapterBank bank = adapter.toBank()) {
        float[] wanted = TinyModels.logits(expected, null);
        float[] adapted = TinyModels.logits(weights, TinyModels.single(bank, 0));
        assertThat(TinyModels.largestDifference(adapted, wanted)).isLessThan(1e-5);
      }
      write(folder, "{\"lora_alpha\": 0, \"alpha_pattern\": {\"q_proj\": " + alpha + "}}", tensors);
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
        write(folder, "{\"" + key + "\": {\"" + pattern + "\": 100}}", tensors);
        assertSameLogits(folder, weights, tensors, scalings(2, 2));
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
      write(folder, "{" + keys + "}", tensors);
      assertThatThrownBy(() -> PeftAdapter.load(folder, TinyModels.CONFIG).close())
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(folder.resolve("adapter_config.json").toString());
    }
  }

  @Test
  void the_page_on_models_lists_every_key() throws IOException {
    String page = Files.readString(Path.of("../docs/models.md"));
    for (Collection<String> keys :
        List.of(PeftKeys.READ, PeftKeys.PASSED_OVER, PeftKeys.FLAGS, PeftKeys.NOT_BUILT.keySet())) {
      assertThat(keys).allMatch(key -> page.contains("`" + key + "`"));
    }
  }
}
