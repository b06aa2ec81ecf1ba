package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.AttentionForm;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.RopeScaling;
import org.seal4j.model.testing.Forward;
import org.seal4j.model.testing.TinyModels;

class HfFolderTest {
  private static final ModelConfig CONFIG =
      new ModelConfig(13, 12, 2, 4, 2, 6, 19, 1e-5, 100, false, true, true, 0);
  private static final String HEAD = "lm_head.weight";
  private static final String TABLE = "model.embed_tokens.weight";
  private static final String K = "model.layers.1.self_attn.k_proj.weight";

  @TempDir Path folder;

  @BeforeEach
  void write_a_config() throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_size": 12,
         "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
         "head_dim": 6, "intermediate_size": 19, "rms_norm_eps": 1e-5, "rope_theta": 100,
         "tie_word_embeddings": true, "vocab_size": 13, "max_position_embeddings": 64,
         "eos_token_id": [3, 4]}
        """);
  }

  private static Weights random() {
    return Weights.random(CONFIG, 0.5, 1, Seeds.of(3));
  }

  private void write(String file, Map<String, INDArray> tensors) {
    SafeTensors.write(folder.resolve(file), tensors, Map.of("format", "pt"));
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> ModelFolder.load(folder).close())
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void one_file_is_read_bit_for_bit() {
    try (Weights weights = random()) {
      write("model.safetensors", weights.arrays());
      try (ModelFolder model = ModelFolder.load(folder)) {
        assertThat(model.config()).isEqualTo(CONFIG);
        assertThat(model.weights().sha256()).isEqualTo(weights.sha256());
        assertThat(model.endTokens()).containsExactly(3, 4);
        assertThat(model.tokenizer()).isEmpty();
      }
    }
  }

  @Test
  void a_tied_head_may_be_stored_under_either_name_or_both() {
    try (Weights weights = random()) {
      Map<String, INDArray> tensors = new TreeMap<>(weights.arrays());
      tensors.put(HEAD, weights.get(TABLE));
      write("model.safetensors", tensors);
      try (ModelFolder model = ModelFolder.load(folder)) {
        assertThat(model.weights().sha256()).isEqualTo(weights.sha256());
      }
      tensors.remove(TABLE);
      write("model.safetensors", tensors);
      try (ModelFolder model = ModelFolder.load(folder)) {
        assertThat(model.weights().sha256()).isEqualTo(weights.sha256());
      }
      tensors.put(TABLE, weights.get(TABLE).add(1));
      write("model.safetensors", tensors);
      assertRefused("tie_word_embeddings", "differ");
    }
  }

  @Test
  void parts_are_read_as_their_index_says() {
    try (Weights weights = random()) {
      writeParts(weights);
      try (ModelFolder model = ModelFolder.load(folder)) {
        assertThat(model.weights().sha256()).isEqualTo(weights.sha256());
      }
    }
  }

  @Test
  void an_index_that_does_not_tell_the_truth_is_refused() throws IOException {
    try (Weights weights = random()) {
      Map<String, String> index = writeParts(weights);
      index.put("extra", "part-1.safetensors");
      writeIndex(index);
      assertRefused("model.safetensors.index.json says that tensor 'extra' is in part-1");
      index.remove("extra");
      String moved = index.remove(K);
      writeIndex(index);
      assertRefused("does not name tensor '" + K + "'");
      index.put(K, "../" + moved);
      writeIndex(index);
      assertRefused("must be the name of a safetensors file in the same folder", "\"../part");
      index.put(K, "part-7.safetensors");
      writeIndex(index);
      assertRefused(
          "model.safetensors.index.json: weight_map says that '" + K + "' is in part-7.safetensors",
          "no such file in the folder");
      for (String name :
          List.of("a\0.safetensors", "a\n.safetensors", "/p.safetensors", "..", "")) {
        index.put(K, name);
        writeIndex(index);
        assertRefused("model.safetensors.index.json: weight_map." + K + " must be the name of");
      }
    }
  }

  /** A folder of a stranger must not make us read, or an export copy, another file. */
  @Test
  void links_that_leave_the_folder_are_refused() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.move(folder.resolve("config.json"), model.resolve("config.json"));
    try (Weights weights = random()) {
      write("elsewhere", weights.arrays());
    }
    Files.createSymbolicLink(model.resolve("model.safetensors"), Path.of("../elsewhere"));
    assertThatThrownBy(() -> ModelFolder.load(model))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("model.safetensors is a link to a file outside of its folder");
    Files.delete(model.resolve("model.safetensors"));
    Files.move(folder.resolve("elsewhere"), model.resolve("kept"));
    Files.createSymbolicLink(model.resolve("model.safetensors"), Path.of("kept"));
    Files.writeString(folder.resolve("private"), "{}");
    Files.createSymbolicLink(model.resolve("tokenizer_config.json"), Path.of("../private"));
    try (ModelFolder read = ModelFolder.load(model)) {
      assertThatThrownBy(() -> read.save(folder.resolve("copy")))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("tokenizer_config.json is a link to a file outside of its folder");
      assertThat(folder.resolve("copy/tokenizer_config.json")).doesNotExist();
    }
  }

  /** {@code models--a--b/snapshots/REVISION/x -> ../../blobs/HASH}, as huggingface_hub lays it. */
  @Test
  void a_snapshot_of_the_hub_s_cache_is_read_through_its_links() throws IOException {
    Path snapshot = Files.createDirectories(folder.resolve("models--a--b/snapshots/0f3a"));
    Path blobs = Files.createDirectories(folder.resolve("models--a--b/blobs"));
    try (Weights weights = random()) {
      write("w", weights.arrays());
      Files.move(folder.resolve("w"), blobs.resolve("aa"));
      Files.move(folder.resolve("config.json"), blobs.resolve("bb"));
      Files.createSymbolicLink(snapshot.resolve("model.safetensors"), Path.of("../../blobs/aa"));
      Files.createSymbolicLink(snapshot.resolve("config.json"), Path.of("../../blobs/bb"));
      try (ModelFolder model = ModelFolder.load(snapshot)) {
        assertThat(model.weights().sha256()).isEqualTo(weights.sha256());
      }
    }
  }

  @Test
  void ids_that_end_a_text_are_those_that_the_folder_means() throws IOException {
    String config = Files.readString(folder.resolve("config.json"));
    try (Weights weights = random()) {
      write("model.safetensors", weights.arrays());
    }
    assertThat(endTokens(config, "{}")).containsExactly(3, 4);
    assertThat(endTokens(config, "{\"eos_token_id\": 7}")).containsExactly(7);
    assertThat(endTokens(config, "{\"eos_token_id\": null}")).isEmpty();
    assertThat(endTokens(config.replace("\"eos_token_id\": [3, 4]", "\"use_cache\": true"), ""))
        .as("Qwen2Config has none")
        .isEmpty();
    for (String wrong :
        List.of("-1", "13", "[2, 99]", "3000000000", "\"2\"", "2.0", "true", "[[1]]")) {
      String stated = config.replace("[3, 4]", wrong);
      assertThatThrownBy(() -> endTokens(stated, ""))
          .as(wrong)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(folder.resolve("config.json") + ": eos_token_id")
          .hasMessageContaining(wrong.replace(", ", ","));
    }
  }

  private List<Integer> endTokens(String config, String generation) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    Files.deleteIfExists(folder.resolve("generation_config.json"));
    if (!generation.isEmpty()) {
      Files.writeString(folder.resolve("generation_config.json"), generation);
    }
    try (ModelFolder model = ModelFolder.load(folder)) {
      return model.endTokens();
    }
  }

  private Map<String, String> writeParts(Weights weights) {
    Map<String, String> index = new LinkedHashMap<>();
    Map<String, Map<String, INDArray>> parts = new TreeMap<>();
    weights
        .arrays()
        .forEach(
            (name, array) -> {
              String file = "part-" + index.size() % 3 + ".safetensors";
              index.put(name, file);
              parts.computeIfAbsent(file, f -> new TreeMap<>()).put(name, array);
            });
    parts.forEach(this::write);
    writeIndex(index);
    return index;
  }

  private void writeIndex(Map<String, String> index) {
    Json.write(
        folder.resolve("model.safetensors.index.json"),
        Map.of("metadata", Map.of("total_size", 1), "weight_map", index));
  }

  @Test
  void tensors_that_do_not_fit_are_named() {
    try (Weights weights = random()) {
      Map<String, INDArray> tensors = new TreeMap<>(weights.arrays());
      tensors.remove("model.norm.weight");
      tensors.put("model.layers.2.mlp.up_proj.weight", weights.get("model.norm.weight"));
      tensors.put(K, weights.get(K).reshape(6, 24));
      tensors.put("model.layers.0.self_attn.rotary_emb.inv_freq", weights.get("model.norm.weight"));
      write("model.safetensors", tensors);
      assertRefused(
          "model.safetensors does not hold the weights that config.json describes:",
          "missing [model.norm.weight]",
          "not expected [model.layers.2.mlp.up_proj.weight]",
          "of another shape [" + K + " is [6, 24] instead of [12, 12]]");
    }
  }

  @Test
  void a_folder_without_a_model_says_what_would_be_one() throws IOException {
    assertRefused("has neither model.safetensors nor model.safetensors.index.json");
    Files.writeString(folder.resolve("pytorch_model.bin"), "x");
    assertRefused("save the model as safetensors");
    Files.delete(folder.resolve("config.json"));
    Files.delete(folder.resolve("pytorch_model.bin"));
    assertRefused("has no config.json, and no .bin file");
    assertThatThrownBy(() -> ModelFolder.load(folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no model at");
  }

  @Test
  void a_saved_model_is_loaded_bit_for_bit_with_what_stands_beside_it() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages }}");
    try (Weights weights = random()) {
      write("model.safetensors", weights.arrays());
    }
    Path to = folder.resolve("exported/model");
    try (ModelFolder model = ModelFolder.load(folder)) {
      model.save(to);
      try (ModelFolder again = ModelFolder.load(to)) {
        assertThat(again.config()).isEqualTo(model.config());
        assertThat(again.weights().sha256()).isEqualTo(model.weights().sha256());
        assertThat(again.context()).isEqualTo(64);
        assertThat(again.endTokens()).containsExactly(3, 4);
        assertThat(again.tokenizer()).contains(to.resolve("tokenizer.json"));
        assertThat(to.resolve("chat_template.jinja")).hasContent("{{ messages }}");
      }
      assertThatThrownBy(() -> model.save(to))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is not empty");
    }
  }

  @Test
  void every_kind_of_model_survives_the_round_trip() {
    RopeScaling llama3 = RopeScaling.llama3(8, 1, 4, 64);
    for (ModelConfig config :
        List.of(
            ModelConfig.small(17, 16, 2, 2, 24),
            new ModelConfig(
                19,
                16,
                2,
                4,
                2,
                6,
                24,
                1e-6,
                5e5,
                false,
                false,
                false,
                0,
                llama3,
                DecoderForm.llama()),
            new ModelConfig(
                19,
                16,
                1,
                2,
                1,
                8,
                24,
                1e-5,
                100,
                false,
                true,
                true,
                0,
                RopeScaling.linear(4),
                DecoderForm.llama()),
            TinyModels.of(DecoderForm.qwen3(), false),
            TinyModels.of(DecoderForm.smollm3(List.of(0, 2)), false),
            TinyModels.of(TinyModels.gemma2(), false),
            TinyModels.of(TinyModels.gemma3(), false),
            TinyModels.of(DecoderForm.gemma2(AttentionForm.plain().withScalar(7.5), 0), false),
            TinyModels.of(DecoderForm.gemma3(AttentionForm.plain().withScalar(6), 2), false))) {
      Path to = folder.resolve(Integer.toString(config.hashCode()));
      try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(4))) {
        ModelFolder.save(weights, 77, List.of(), to);
        try (ModelFolder model = ModelFolder.load(to)) {
          assertThat(model.config()).isEqualTo(config);
          assertThat(model.weights().sha256()).isEqualTo(weights.sha256());
          assertThat(model.context()).isEqualTo(77);
          assertThat(model.endTokens()).isEmpty();
        }
      }
    }
  }

  @Test
  void what_no_family_computes_is_not_written() {
    AttentionForm capped = TinyModels.gemma2().attention();
    AttentionForm local = TinyModels.gemma3().attention();
    for (DecoderForm none :
        List.of(
            new DecoderForm(true, List.of(1)),
            new DecoderForm(false, List.of(), false, capped, 0),
            new DecoderForm(false, List.of(1), true, capped, 0),
            DecoderForm.gemma2(local, 0),
            DecoderForm.gemma3(capped, 0))) {
      try (Weights weights = Weights.zeros(TinyModels.of(none, false))) {
        Path to = folder.resolve("none");
        assertThatThrownBy(() -> ModelFolder.save(weights, 64, List.of(), to))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("no Hugging Face form");
        assertThat(to).doesNotExist();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen3", "gemma3"})
  void a_model_with_neighbouring_planes_is_exported_with_halves(String family) {
    ModelConfig neighbours =
        switch (family) {
          case "qwen3" -> TinyModels.of(DecoderForm.qwen3(), true);
          case "gemma3" -> TinyModels.of(TinyModels.gemma3(), true);
          default -> ModelConfig.small(17, 16, 2, 2, 24).withRopeInterleaved(true);
        };
    try (Weights weights = TinyModels.weights(neighbours, Seeds.of(4))) {
      ModelFolder.save(weights, 64, List.of(), folder.resolve("halves"));
      try (ModelFolder model = ModelFolder.load(folder.resolve("halves"))) {
        float[][] expected = Forward.logits(weights, 3, 1, 4, 1, 5);
        float[][] got = Forward.logits(model.weights(), 3, 1, 4, 1, 5);
        for (int t = 0; t < expected.length; t++) {
          assertThat(got[t]).containsExactly(expected[t], within(1e-5f));
        }
      }
    }
  }

  @Test
  void a_model_of_grid_tasks_has_no_such_form() {
    ModelConfig pairs = ModelConfig.small(17, 16, 2, 2, 24).withPairPositions(9, 100);
    try (Weights weights = Weights.zeros(pairs)) {
      assertThatThrownBy(() -> ModelFolder.save(weights, 64, List.of(), folder.resolve("x")))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("9 learned pair positions");
      assertThat(folder.resolve("x")).doesNotExist();
    }
  }
}
