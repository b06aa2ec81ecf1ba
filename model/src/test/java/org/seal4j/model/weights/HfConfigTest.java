package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.graph.RopeScaling;

class HfConfigTest {
  private static final String SIZES =
      "\"hidden_size\": 64, \"intermediate_size\": 96, \"num_hidden_layers\": 3,"
          + " \"num_attention_heads\": 4, \"vocab_size\": 100";

  @TempDir Path folder;

  private HfConfig read(String json) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, "{" + json + "}");
    return HfConfig.read(file);
  }

  private HfConfig type(String type, String more) throws IOException {
    return read("\"model_type\": \"" + type + "\", " + SIZES + (more.isEmpty() ? "" : ", " + more));
  }

  @Test
  void keys_that_are_left_out_have_the_defaults_of_transformers() throws IOException {
    HfConfig config = type("llama", "");
    assertThat(config.model())
        .isEqualTo(new ModelConfig(100, 64, 3, 4, 4, 16, 96, 1e-6, 10000, false, false, false, 0));
    assertThat(config.context()).isEqualTo(2048);
  }

  @Test
  void null_is_the_same_as_left_out() throws IOException {
    String nulls =
        "\"head_dim\": null, \"num_key_value_heads\": null, \"rope_scaling\": null,"
            + " \"sliding_window\": null, \"quantization_config\": null, \"rms_norm_eps\": null";
    assertThat(type("llama", nulls)).isEqualTo(type("llama", ""));
  }

  @Test
  void llama_3_has_grouped_heads_of_a_size_of_their_own_and_scaled_frequencies()
      throws IOException {
    HfConfig config =
        type(
            "llama",
            "\"num_key_value_heads\": 2, \"head_dim\": 24, \"rope_theta\": 500000.0,"
                + " \"tie_word_embeddings\": true, \"rms_norm_eps\": 1e-5,"
                + " \"max_position_embeddings\": 131072, \"rope_scaling\": {\"factor\": 32.0,"
                + " \"high_freq_factor\": 4.0, \"low_freq_factor\": 1.0,"
                + " \"original_max_position_embeddings\": 8192, \"rope_type\": \"llama3\"}");
    assertThat(config.model())
        .isEqualTo(
            new ModelConfig(
                100,
                64,
                3,
                4,
                2,
                24,
                96,
                1e-5,
                500000,
                false,
                true,
                false,
                0,
                RopeScaling.llama3(32, 1, 4, 8192)));
    assertThat(config.context()).isEqualTo(131072);
  }

  @Test
  void the_keys_of_transformers_5_are_read_too() throws IOException {
    HfConfig config =
        type(
            "llama",
            "\"rope_parameters\": {\"rope_theta\": 500000, \"rope_type\": \"linear\", \"factor\":"
                + " 2}");
    assertThat(config.model().ropeTheta()).isEqualTo(500000);
    assertThat(config.model().ropeScaling()).isEqualTo(RopeScaling.linear(2));
  }

  @Test
  void qwen2_has_biases_and_a_window_that_is_not_used() throws IOException {
    HfConfig config =
        type(
            "qwen2",
            "\"num_key_value_heads\": 2, \"use_sliding_window\": false, \"sliding_window\": 16,"
                + " \"max_window_layers\": 21, \"max_position_embeddings\": 32768");
    assertThat(config.model().qkvBias()).isTrue();
    assertThat(config.model().tiedHead()).isFalse();
  }

  @Test
  void mistral_is_read_where_its_window_hides_nothing() throws IOException {
    String heads = "\"num_key_value_heads\": 2, \"max_position_embeddings\": 4096";
    HfConfig open = type("mistral", heads + ", \"sliding_window\": null");
    assertThat(open).isEqualTo(type("mistral", heads + ", \"sliding_window\": 4096"));
    assertThat(open.model().qkvBias()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gpt2||model_type 'gpt2' is not supported; supported are [llama, mistral, qwen2]",
        "qwen3||supported are [llama, mistral, qwen2]",
        "llama|\"architectures\": [\"LlamaForSequenceClassification\"]|only causal language models",
        "llama|\"hidden_act\": \"gelu\"|hidden_act is \"gelu\", which is not supported; only \"silu\"",
        "llama|\"attention_bias\": true|attention_bias is true",
        "llama|\"mlp_bias\": true|mlp_bias is true",
        "llama|\"quantization_config\": {\"bits\": 4}|quantised",
        "llama|\"partial_rotary_factor\": 0.5|partial_rotary_factor is 0.5",
        "llama|\"rope_scaling\": {\"type\": \"yarn\", \"factor\": 4}|rope scaling 'yarn' is not supported",
        "llama|\"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 4}|'dynamic' is not supported",
        "llama|\"rope_scaling\": {\"factor\": 4}|must say its rope_type",
        "llama|\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 4}|lacks the key rope_scaling.low_freq_factor",
        "llama|\"num_key_value_heads\": 3|heads must be a multiple of kvHeads",
        "llama|\"num_key_value_heads\": \"2\"|num_key_value_heads must be an integer >= 1 but is \"2\"",
        "llama|\"rms_norm_eps\": \"small\"|rms_norm_eps must be a number",
        "llama|\"tie_word_embeddings\": 1|tie_word_embeddings must be true or false",
        "llama|\"head_dim\": 15|must be even",
        "llama|\"head_dim\": 2147483646|are no real model",
        "mistral||lacks the key num_key_value_heads",
        "mistral|\"num_key_value_heads\": 2, \"sliding_window\": 1024|sliding_window 1024 is shorter than max_position_embeddings 2048",
        "qwen2|\"num_key_value_heads\": 2, \"use_sliding_window\": true, \"sliding_window\": 16|sliding_window 16 is shorter",
        "qwen2|\"num_key_value_heads\": 2, \"layer_types\": [\"full_attention\", \"sliding_attention\"]|layer_types names \"sliding_attention\""
      })
  void what_would_change_the_arithmetic_is_refused_by_name(
      String type, String more, String reason) {
    assertThatThrownBy(() -> type(type, more == null ? "" : more))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void a_missing_size_is_named() {
    assertThatThrownBy(() -> read("\"model_type\": \"llama\", \"hidden_size\": 64"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("config.json lacks the key num_attention_heads");
    assertThatThrownBy(() -> read("\"hidden_size\": 64"))
        .hasMessageContaining("lacks the key model_type");
  }
}
