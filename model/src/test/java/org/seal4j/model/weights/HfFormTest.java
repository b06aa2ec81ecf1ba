package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.model.AttentionForm;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.graph.RopeScaling;

/**
 * What {@code config.json} of qwen3, smollm3 and Gemma means; defaults of transformers 4.57 and
 * 5.24.
 */
class HfFormTest {
  @TempDir Path folder;

  /** Five layers of width 64 and 32 heads. */
  private HfConfig read(String type, String more) throws IOException {
    String sizes =
        "\"hidden_size\": 64, \"intermediate_size\": 96, \"num_hidden_layers\": 5,"
            + " \"num_attention_heads\": 32, \"vocab_size\": 100";
    Path file = folder.resolve("config.json");
    String comma = more.isEmpty() ? "" : ", ";
    Files.writeString(file, "{\"model_type\": \"" + type + "\", " + sizes + comma + more + "}");
    return HfConfig.read(file);
  }

  @Test
  void qwen3_left_to_its_defaults() throws IOException {
    HfConfig config = read("qwen3", "");
    assertThat(config.model().form()).isEqualTo(DecoderForm.qwen3());
    assertThat(config.model().headSize()).isEqualTo(128);
    assertThat(config.model().kvHeads()).isEqualTo(32);
    assertThat(config.model().qkvBias()).isFalse();
    assertThat(config.model().tiedHead()).isFalse();
    assertThat(config.model().ropeTheta()).isEqualTo(10_000);
    assertThat(config.context()).isEqualTo(32_768);
    assertThat(config.type().endToken()).isEmpty();
    assertThat(read("qwen3", "\"head_dim\": 2").model().headSize()).isEqualTo(2);
  }

  @Test
  void smollm3_left_to_its_defaults() throws IOException {
    HfConfig config = read("smollm3", "");
    assertThat(config.model().form()).isEqualTo(DecoderForm.smollm3(List.of(3)));
    assertThat(config.model().headSize()).isEqualTo(2);
    assertThat(config.model().kvHeads()).isEqualTo(4);
    assertThat(config.model().tiedHead()).isTrue();
    assertThat(config.model().ropeTheta()).isEqualTo(2_000_000);
    assertThat(config.context()).isEqualTo(32_768);
    assertThat(config.type().endToken()).hasValue(128_001);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "\"no_rope_layers\": [0, 1, 1, 0, 0]|0,3,4",
        "\"no_rope_layers\": [1, 1, 1, 1, 1]|none",
        "\"no_rope_layers\": [1, 1, 1, 1, 0, 0, 0]|4",
        "\"no_rope_layers\": [1, 1, 0, 1, 1], \"no_rope_layer_interval\": 2|2",
        "\"no_rope_layers\": null, \"no_rope_layer_interval\": 2|1,3",
        "\"no_rope_layer_interval\": 1|0,1,2,3,4",
        "\"no_rope_layer_interval\": 6|none"
      })
  void layers_that_are_not_rotated_are_listed_or_counted(String keys, String layers)
      throws IOException {
    List<Integer> expected =
        layers == null
            ? List.of()
            : List.of(layers.split(",")).stream().map(Integer::valueOf).toList();
    assertThat(read("smollm3", keys).model().form()).isEqualTo(DecoderForm.smollm3(expected));
  }

  /** SmolLM3Config: a window is that of the layers which are not rotated, where it is used. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sliding_window\": 16",
        "\"use_sliding_window\": true",
        "\"use_sliding_window\": true, \"sliding_window\": 64, \"max_position_embeddings\": 64",
        "\"use_sliding_window\": true, \"sliding_window\": 16, \"no_rope_layer_interval\": 6",
        "\"use_sliding_window\": true, \"sliding_window\": 16, \"layer_types\": [\"full_attention\","
            + " \"full_attention\", \"full_attention\", \"full_attention\", \"full_attention\"]"
      })
  void a_window_of_smollm3_that_no_layer_has_is_none(String keys) throws IOException {
    assertThat(read("smollm3", keys).model().layers()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "qwen3|\"attention_bias\": true|attention_bias is true",
        "qwen3|\"head_dim\": null|head_dim is null; give it a value, or leave it out for the default 128",
        "qwen3|\"hidden_act\": \"gelu\"|hidden_act is \"gelu\"",
        "qwen3|\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4.0}|rope scaling 'yarn' is not supported",
        "qwen3|\"use_sliding_window\": true, \"sliding_window\": 16, \"max_window_layers\": 4|sliding_window 16 is shorter",
        "qwen3|\"use_sliding_window\": true, \"max_window_layers\": 0|sliding_window is left out, which means 4096 to qwen3",
        "qwen3|\"layer_types\": [\"full_attention\", \"full_attention\", \"full_attention\", \"full_attention\", \"sliding_attention\"]|layer_types names \"sliding_attention\"",
        "qwen3|\"no_rope_layers\": [1, 1, 1, 1, 0]|no_rope_layers is [1,1,1,1,0], but no qwen3 model is known to have this key",
        "qwen3|\"num_experts\": 8|num_experts is 8",
        "qwen3|\"architectures\": [\"Qwen2ForCausalLM\"]|which is not the model that model_type 'qwen3' is",
        "llama|\"no_rope_layer_interval\": 4|no_rope_layer_interval is 4, but no llama model",
        "smollm3|\"attention_bias\": true|attention_bias is true",
        "smollm3|\"mlp_bias\": true|mlp_bias is true",
        "smollm3|\"no_rope_layers\": [1, 0]|no_rope_layers must be a list of a 1 or 0 for each of the 5 layers but is [1,0]",
        "smollm3|\"no_rope_layers\": []|for each of the 5 layers but is []",
        "smollm3|\"no_rope_layers\": 4|for each of the 5 layers but is 4",
        "smollm3|\"no_rope_layers\": [1, 1, 2, 1, 1]|no_rope_layers has 2 for layer 2; 1 (rotated) or 0 (not) is expected",
        "smollm3|\"no_rope_layers\": [1, 1, 1, null, 1]|no_rope_layers has null for layer 3",
        "smollm3|\"no_rope_layer_interval\": 0|no_rope_layer_interval must be an integer >= 1 but is 0",
        "smollm3|\"no_rope_layer_interval\": null|no_rope_layer_interval is null",
        "smollm3|\"use_sliding_window\": true, \"sliding_window\": 16|sliding_window 16 is shorter"
      })
  void what_would_change_the_arithmetic_is_refused_by_name(
      String type, String keys, String reason) {
    assertThatThrownBy(() -> read(type, keys))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("config.json").toString())
        .hasMessageContaining(reason)
        .message()
        .hasLineCount(1);
  }

  @Test
  void gemma2_left_to_its_defaults() throws IOException {
    HfConfig config = read("gemma2", "");
    AttentionForm attention = new AttentionForm(256, 50, 4096, List.of(0, 2, 4), 0);
    assertThat(config.model().form()).isEqualTo(DecoderForm.gemma2(attention, 30));
    assertThat(config.model().headSize()).isEqualTo(256);
    assertThat(config.model().kvHeads()).isEqualTo(4);
    assertThat(config.model().tiedHead()).isTrue();
    assertThat(config.model().ropeTheta()).isEqualTo(10_000);
    assertThat(config.context()).isEqualTo(8192);
    assertThat(config.type().endToken()).hasValue(1);
  }

  @Test
  void gemma3_left_to_its_defaults() throws IOException {
    HfConfig config = read("gemma3_text", "");
    AttentionForm attention = new AttentionForm(256, 0, 4096, List.of(0, 1, 2, 3, 4), 10_000);
    assertThat(config.model().form()).isEqualTo(DecoderForm.gemma3(attention, 0));
    assertThat(config.model().headSize()).isEqualTo(256);
    assertThat(config.model().kvHeads()).isEqualTo(4);
    assertThat(config.model().tiedHead()).isTrue();
    assertThat(config.model().ropeTheta()).isEqualTo(1_000_000);
    assertThat(config.model().ropeScaling()).isEqualTo(RopeScaling.none());
    assertThat(config.context()).isEqualTo(131_072);
    assertThat(config.type().endToken()).hasValue(1);
  }

  /** What transformers 4 writes and what transformers 5 writes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"rope_theta\": 500.0, \"rope_local_base_freq\": 70, \"sliding_window_pattern\": 2,"
            + " \"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 8.0},"
            + " \"cache_implementation\": \"hybrid\", \"attn_logit_softcapping\": null",
        "\"layer_types\": [\"sliding_attention\", \"full_attention\", \"sliding_attention\","
            + " \"full_attention\", \"sliding_attention\"], \"_sliding_window_pattern\": 6,"
            + " \"rope_parameters\": {\"full_attention\": {\"rope_type\": \"linear\","
            + " \"factor\": 8.0, \"rope_theta\": 500.0}, \"sliding_attention\":"
            + " {\"rope_type\": \"default\", \"rope_theta\": 70}},"
            + " \"use_bidirectional_attention\": false"
      })
  void windows_and_bases_of_gemma3_are_said_in_two_ways(String keys) throws IOException {
    ModelConfig model =
        read(
                "gemma3_text",
                keys
                    + ", \"sliding_window\": 16, \"query_pre_attn_scalar\": 168,"
                    + " \"final_logit_softcapping\": 20.5, \"head_dim\": 8")
            .model();
    AttentionForm attention = new AttentionForm(168, 0, 16, List.of(0, 2, 4), 70);
    assertThat(model.form()).isEqualTo(DecoderForm.gemma3(attention, 20.5));
    assertThat(model.ropeTheta()).isEqualTo(500);
    assertThat(model.ropeScaling()).isEqualTo(RopeScaling.linear(8));
  }

  @Test
  void caps_that_are_null_and_windows_that_no_layer_has_are_none() throws IOException {
    String full = "\"full_attention\", ".repeat(5);
    String keys = "\"layer_types\": [" + full.substring(0, full.length() - 2) + "]";
    String caps = ", \"attn_logit_softcapping\": null, \"final_logit_softcapping\": null";
    AttentionForm plain = AttentionForm.plain().withScalar(256);
    assertThat(read("gemma2", keys + caps).model().form()).isEqualTo(DecoderForm.gemma2(plain, 0));
    assertThat(read("gemma3_text", "\"sliding_window_pattern\": 1").model().form())
        .isEqualTo(DecoderForm.gemma3(plain, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gemma2|\"hidden_activation\": \"gelu\"|hidden_activation is \"gelu\", which is not supported; only \"gelu_pytorch_tanh\" is",
        "gemma2|\"hidden_activation\": null|hidden_activation is null",
        "gemma2|\"query_pre_attn_scalar\": 0|query_pre_attn_scalar must be > 0 and at most 1.0E12 but is 0",
        "gemma2|\"query_pre_attn_scalar\": null|query_pre_attn_scalar is null",
        "gemma2|\"query_pre_attn_scalar\": 1e300|query_pre_attn_scalar must be > 0 and at most 1.0E12 but is 1.0E300",
        "gemma2|\"final_logit_softcapping\": 1e300|final_logit_softcapping must be > 0 and at most 1.0E12",
        "gemma2|\"attn_logit_softcapping\": -50|attn_logit_softcapping must be > 0 and at most 1.0E12 but is -50",
        "gemma2|\"final_logit_softcapping\": \"x\"|final_logit_softcapping must be a number",
        "gemma2|\"sliding_window\": null|sliding_window is null, but layers have the window",
        "gemma2|\"sliding_window\": 0|sliding_window must be an integer >= 1 but is 0",
        "gemma2|\"layer_types\": [\"full_attention\"]|layer_types must be a list of 5 names, one for each layer, but is [\"full_attention\"]",
        "gemma2|\"layer_types\": [\"full_attention\", 1, 1, 1, 1]|layer_types names 1, but only full_attention and sliding_attention are built",
        "gemma2|\"sliding_window_pattern\": 2|sliding_window_pattern is 2, but no gemma2 model",
        "gemma2|\"attention_bias\": true|attention_bias is true",
        "gemma2|\"architectures\": [\"GemmaForCausalLM\"]|which is not the model that model_type 'gemma2' is",
        "gemma2|\"rope_local_base_freq\": 100|rope_local_base_freq is 100, but no gemma2 model",
        "gemma3_text|\"attn_logit_softcapping\": 50.0|attn_logit_softcapping is 50.0, which is not supported; only null is (Gemma 3 has no cap of scores)",
        "gemma3_text|\"use_bidirectional_attention\": true|use_bidirectional_attention is true",
        "gemma3_text|\"sliding_window_pattern\": 0|sliding_window_pattern must be an integer >= 1 but is 0",
        "gemma3_text|\"sliding_window_pattern\": null|sliding_window_pattern is null",
        "gemma3_text|\"rope_local_base_freq\": 1|rope_local_base_freq must be > 1 but is 1",
        "gemma3_text|\"rope_parameters\": {\"rope_theta\": 100}|rope_parameters.rope_theta is 100, which is not supported; supported are the keys [full_attention, sliding_attention]",
        "gemma3_text|\"rope_parameters\": {\"sliding_attention\": {\"rope_type\": \"linear\"}}|rope_parameters.sliding_attention.rope_type is \"linear\"",
        "gemma3_text|\"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 8}, \"rope_parameters\": {\"full_attention\": {\"rope_theta\": 100}}|rope_scaling and rope_parameters.full_attention both say how layers are rotated",
        "gemma3|\"text_config\": {}|model_type 'gemma3' is not supported; supported are [llama, mistral, qwen2, qwen3, smollm3, gemma2, gemma3_text]",
        "llama|\"final_logit_softcapping\": 30.0|final_logit_softcapping is 30.0, but no llama model"
      })
  void what_is_not_built_of_gemma_is_refused_by_name(String type, String keys, String reason) {
    what_would_change_the_arithmetic_is_refused_by_name(type, keys, reason);
  }

  @Test
  void the_page_on_models_lists_every_key_and_family() throws IOException {
    String page = Files.readString(Path.of("../docs/models.md"));
    for (HfType type : HfType.values()) {
      assertThat(type.ownKeys()).allMatch(key -> page.contains("`" + key + "`"));
    }
    assertThat(HfType.words()).allMatch(page::contains);
    for (HfType type : HfType.values()) {
      assertThat(page).contains("`" + type.architecture() + "`");
    }
  }
}
