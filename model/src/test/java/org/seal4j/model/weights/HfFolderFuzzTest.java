package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.FuzzTrial;
import org.seal4j.data.testing.FuzzedJson;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;

/** Configurations and indices of strangers: read, or refused by file in one line and in time. */
class HfFolderFuzzTest {
  private static final int CASES = 300;
  private static final ModelConfig SIZES =
      new ModelConfig(13, 12, 2, 4, 2, 6, 19, 1e-5, 100, false, false, false, 0);
  private static final String CONFIG =
      """
      {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 12,
       "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
       "head_dim": 6, "intermediate_size": 19, "rms_norm_eps": 1e-5, "rope_theta": 100,
       "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
         "high_freq_factor": 4.0, "original_max_position_embeddings": 64},
       "vocab_size": 13, "max_position_embeddings": 64, "eos_token_id": [3, 4]}
      """;
  private static final List<String> KEYS =
      Stream.concat(
              Stream.of("logit_scale", "rope_type", "factor", "type", "x\\u0000", "../y"),
              Stream.concat(HfKeys.READ.stream(), HfKeys.PASSED_OVER.stream()))
          .sorted()
          .toList();

  @TempDir Path folder;

  @BeforeEach
  void write_a_model() throws IOException {
    Files.writeString(folder.resolve("config.json"), CONFIG);
    try (Weights weights = Weights.random(SIZES, 0.5, 1, Seeds.of(3))) {
      Map<String, Map<String, INDArray>> parts = new TreeMap<>();
      weights
          .arrays()
          .forEach(
              (name, array) ->
                  parts.computeIfAbsent(part(name), file -> new TreeMap<>()).put(name, array));
      parts.forEach((file, tensors) -> SafeTensors.write(folder.resolve(file), tensors, Map.of()));
      StringBuilder index =
          new StringBuilder("{\"metadata\": {\"total_size\": 9}, \"weight_map\": {");
      weights
          .arrays()
          .keySet()
          .forEach(name -> index.append("\"%s\": \"%s\", ".formatted(name, part(name))));
      index.setLength(index.length() - 2);
      Files.writeString(folder.resolve(TensorFiles.INDEX), index + "}}");
    }
  }

  private static String part(String tensor) {
    return tensor.contains("layers.0") ? "model-1.safetensors" : "model-2.safetensors";
  }

  private void damage(String file) throws IOException {
    String sound = Files.readString(folder.resolve(file));
    Map<String, Integer> outcomes =
        FuzzTrial.run(
            file,
            folder.toString(),
            CASES,
            rng -> {
              Files.writeString(
                  folder.resolve(file),
                  FuzzedJson.damage(sound, KEYS, rng).replaceAll("[\ud800-\udfff]", "?"));
              ModelFolder.load(folder).close();
            });
    assertThat(outcomes.get("refused")).isGreaterThan(CASES / 3);
    assertThat(outcomes.get("read")).isGreaterThan(CASES / 100);
  }

  @Test
  @Tag("slow")
  void a_config_is_read_or_refused() throws IOException {
    damage("config.json");
  }

  @Test
  @Tag("slow")
  void a_generation_config_is_read_or_refused() throws IOException {
    Files.writeString(
        folder.resolve("generation_config.json"), "{\"eos_token_id\": [1, 2], \"top_k\": 5}");
    damage("generation_config.json");
  }

  @Test
  @Tag("slow")
  void an_index_is_read_or_refused() throws IOException {
    damage(TensorFiles.INDEX);
  }
}
