package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.model.DecoderForm;
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
            + " \"sliding_window\": null, \"quantization_config\": null";
    assertThat(type("llama", nulls)).isEqualTo(type("llama", ""));
  }

  /** What the configuration classes of transformers 4.57 and 5.24 hold where a key is missing. */
  @ParameterizedTest
  @CsvSource({"llama, 32, 2048", "mistral, 8, 4096", "qwen2, 32, 32768"})
  void a_key_that_is_left_out_means_what_the_family_means(String type, int kvHeads, int context)
      throws IOException {
    String sizes =
        "\"hidden_size\": 64, \"intermediate_size\": 96, \"num_hidden_layers\": 3,"
            + " \"num_attention_heads\": 32, \"vocab_size\": 100";
    String within = type.equals("mistral") ? ", \"max_position_embeddings\": 4096" : "";
    HfConfig config = read("\"model_type\": \"" + type + "\", " + sizes + within);
    assertThat(config.model().kvHeads()).isEqualTo(kvHeads);
    assertThat(config.context()).isEqualTo(context);
    assertThat(config.model().qkvBias()).isEqualTo(type.equals("qwen2"));
    assertThat(config.model().tiedHead()).isFalse();
    String none = ", \"num_key_value_heads\": null";
    assertThat(read("\"model_type\": \"" + type + "\", " + sizes + within + none).model().kvHeads())
        .isEqualTo(32);
  }

  /** Qwen2Config: the window holds from max_window_layers on, unless layer_types says otherwise. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"max_window_layers\": 3",
        "\"max_window_layers\": null",
        "\"max_window_layers\": 0, \"sliding_window\": null",
        "\"max_window_layers\": 0, \"sliding_window\": 64",
        "\"max_window_layers\": 0, \"layer_types\": [\"full_attention\", \"full_attention\", \"full_attention\"]",
        "\"sliding_window\": 64, \"layer_types\": [\"full_attention\", \"sliding_attention\", \"full_attention\"]"
      })
  void a_window_of_no_layer_is_none(String more) throws IOException {
    String window = more.contains("sliding_window") ? "" : ", \"sliding_window\": 16";
    String all =
        "\"num_key_value_heads\": 2, \"use_sliding_window\": true, \"max_position_embeddings\": 64, "
            + more
            + window;
    assertThat(type("qwen2", all).context()).isEqualTo(64);
  }

  /** transformers 5: {@code rope_scaling}, where it says something, replaces rope_parameters. */
  @Test
  void rope_scaling_counts_before_rope_parameters() throws IOException {
    HfConfig both =
        type(
            "llama",
            "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2.0}, \"rope_theta\": 700,"
                + " \"rope_parameters\": {\"rope_theta\": 500, \"rope_type\": \"default\"}");
    assertThat(both.model().ropeScaling()).isEqualTo(RopeScaling.linear(2));
    assertThat(both.model().ropeTheta()).isEqualTo(700);
    HfConfig empty =
        type("llama", "\"rope_scaling\": {}, \"rope_parameters\": {\"rope_theta\": 500}");
    assertThat(empty.model().ropeTheta()).isEqualTo(500);
  }

  @Test
  void keys_that_cannot_change_what_is_computed_are_passed_over() throws IOException {
    StringBuilder keys = new StringBuilder("\"_name_or_path\": \"x\", \"use_mrope\": false");
    HfKeys.PASSED_OVER.forEach(key -> keys.append(", \"").append(key).append("\": 3"));
    keys.append(", \"logit_scale\": null, \"num_experts\": []");
    assertThat(type("llama", keys.toString())).isEqualTo(type("llama", ""));
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
                RopeScaling.llama3(32, 1, 4, 8192),
                DecoderForm.llama()));
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
        "gpt2||model_type 'gpt2' is not supported; supported are [llama, mistral, qwen2, qwen3, smollm3, gemma2, gemma3_text]",
        "qwen3_moe||supported are [llama, mistral, qwen2, qwen3, smollm3, gemma2, gemma3_text]",
        "llama|\"architectures\": [\"LlamaForSequenceClassification\"]|only causal language models",
        "llama|\"hidden_act\": \"gelu\"|hidden_act is \"gelu\", which is not supported; only \"silu\"",
        "llama|\"attention_bias\": true|attention_bias is true",
        "llama|\"mlp_bias\": true|mlp_bias is true",
        "llama|\"quantization_config\": {\"bits\": 4}|quantised",
        "llama|\"partial_rotary_factor\": 0.5|partial_rotary_factor is 0.5",
        "llama|\"rope_scaling\": {\"type\": \"yarn\", \"factor\": 4}|rope scaling 'yarn' is not supported",
        "llama|\"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 4}|'dynamic' is not supported",
        "llama|\"rope_scaling\": {\"factor\": 4}|config.json: rope_scaling.rope_type is missing",
        "llama|\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 4}|lacks the key rope_scaling.low_freq_factor",
        "llama|\"num_key_value_heads\": 3|num_attention_heads must be a multiple of num_key_value_heads but they are 4 and 3",
        "llama|\"num_key_value_heads\": \"2\"|num_key_value_heads must be an integer >= 1 but is \"2\"",
        "llama|\"rms_norm_eps\": \"small\"|rms_norm_eps must be a number",
        "llama|\"tie_word_embeddings\": 1|tie_word_embeddings must be true or false",
        "llama|\"head_dim\": 15|head_dim must be even but is 15",
        "llama|\"head_dim\": 2147483646|num_attention_heads times head_dim, is 8589934584 but at most",
        "llama|\"rms_norm_eps\": -1|rms_norm_eps must be > 0 but is -1",
        "llama|\"rms_norm_eps\": null|rms_norm_eps is null; give it a value, or leave it out",
        "llama|\"max_position_embeddings\": null|max_position_embeddings is null",
        "llama|\"rope_theta\": 0|rope_theta must be > 1 but is 0",
        "llama|\"rope_parameters\": {\"rope_theta\": 1}|rope_parameters.rope_theta must be > 1 but is 1",
        "llama|\"rope_scaling\": {\"type\": \"linear\", \"factor\": 0}|rope_scaling.factor must be >= 1 but is 0",
        "llama|\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2, \"mrope_section\": [2]}|rope_scaling.mrope_section is [2], which is not supported",
        "llama|\"rope_parameters\": {\"partial_rotary_factor\": 0.25}|rope_parameters.partial_rotary_factor is 0.25",
        "llama|\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 4, \"low_freq_factor\": 4, \"high_freq_factor\": 1}|0 < low_freq_factor < high_freq_factor but they are 4 and 1",
        "llama|\"logit_scale\": 2.0|logit_scale is 2.0, but no llama model is known to have this key",
        "llama|\"attn_logit_softcapping\": 50|attn_logit_softcapping is 50",
        "qwen2|\"num_key_value_heads\": 2, \"num_experts\": 8|num_experts is 8",
        "llama|\"architectures\": [\"Qwen2ForCausalLM\"]|which is not the model that model_type 'llama' is",
        "llama|\"architectures\": \"LlamaForCausalLM\"|architectures must be a list of names",
        "llama|\"sliding_window\": 128|sliding_window 128 is shorter",
        "llama|\"layer_types\": [\"full_attention\"]|layer_types must be a list of 3 names",
        "mistral|\"sliding_window\": null|num_key_value_heads but they are 4 and 8, which it is to mistral where the key is left out",
        "mistral|\"num_key_value_heads\": 2, \"max_position_embeddings\": 8192|sliding_window is left out, which means 4096 to mistral, and this is shorter than max_position_embeddings 8192",
        "mistral|\"num_key_value_heads\": 2|is shorter than max_position_embeddings 131072",
        "mistral|\"num_key_value_heads\": 2, \"sliding_window\": 1024, \"max_position_embeddings\": 2048|sliding_window 1024 is shorter than max_position_embeddings 2048",
        "qwen2|\"num_key_value_heads\": 2, \"use_sliding_window\": true, \"sliding_window\": 16, \"max_window_layers\": 2|sliding_window 16 is shorter",
        "qwen2|\"num_key_value_heads\": 2, \"layer_types\": [\"full_attention\", \"full_attention\", \"sliding_attention\"]|layer_types names \"sliding_attention\""
      })
  @Tag("slow")
  void what_would_change_the_arithmetic_is_refused_by_name(
      String type, String more, String reason) {
    assertThatThrownBy(() -> type(type, more == null ? "" : more))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("config.json").toString())
        .hasMessageContaining(reason)
        .message()
        .hasLineCount(1);
  }

  @Test
  void a_missing_size_is_named() {
    assertThatThrownBy(() -> read("\"model_type\": \"llama\", \"hidden_size\": 64"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("config.json lacks the key num_hidden_layers");
    assertThatThrownBy(() -> read("\"hidden_size\": 64"))
        .hasMessageContaining("lacks the key model_type");
  }

  @Test
  void the_page_on_models_lists_every_key() throws IOException {
    String page = Files.readString(Path.of("../docs/models.md"));
    assertThat(HfKeys.READ).allMatch(key -> page.contains("`" + key + "`"));
    assertThat(HfKeys.PASSED_OVER).allMatch(key -> page.contains("`" + key + "`"));
  }
}
