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
import org.seal4j.model.DecoderForm;

/** What {@code config.json} of qwen3 and smollm3 means; defaults of transformers 4.57 and 5.24. */
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
  void the_page_on_models_lists_every_key_and_family() throws IOException {
    String page = Files.readString(Path.of("../docs/models.md"));
    assertThat(HfForm.KEYS).allMatch(key -> page.contains("`" + key + "`"));
    assertThat(HfType.words()).allMatch(page::contains);
    for (HfType type : HfType.values()) {
      assertThat(page).contains("`" + type.architecture() + "`");
    }
  }
}
