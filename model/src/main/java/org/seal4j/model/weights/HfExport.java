package org.seal4j.model.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.json.Json;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.RopePlanes;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.RopeScaling;

/**
 * A model as a Hugging Face folder that transformers loads as it is: {@code config.json} (llama, or
 * qwen2 where query, key and value have biases), {@code model.safetensors} in float32, and what
 * else stands beside it.
 */
final class HfExport {
  /** What belongs to a tokenizer, where a folder has it. */
  private static final List<String> TOKENIZER =
      List.of(
          "tokenizer.json",
          "tokenizer.model",
          "tokenizer_config.json",
          "chat_template.jinja",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt");

  private HfExport() {}

  /**
   * Writes {@code config.json} last, which makes the folder a model.
   *
   * @param tokenizer writes what belongs to the tokenizer, first of all
   */
  static void write(
      Weights weights,
      int context,
      List<Integer> endTokens,
      Path folder,
      Consumer<Path> tokenizer) {
    ModelConfig config = weights.config();
    Checks.require(
        config.pairPositions() == 0,
        "a model with %d learned pair positions has no Hugging Face form",
        config.pairPositions());
    createEmpty(folder);
    tokenizer.accept(folder);
    Path file = folder.resolve(TensorFiles.WHOLE);
    // transformers refuses a file that does not say what wrote it
    Map<String, String> metadata = Map.of("format", "pt");
    if (config.ropeInterleaved()) {
      try (Weights halves = weights.withConfig(config.withRopeInterleaved(false))) {
        RopePlanes.toHalves(halves);
        SafeTensors.write(file, halves.arrays(), metadata);
      }
    } else {
      SafeTensors.write(file, weights.arrays(), metadata);
    }
    describe(config, context, endTokens, folder);
  }

  /** Writes {@code config.json}. */
  static void describe(ModelConfig config, int context, List<Integer> endTokens, Path folder) {
    Json.write(folder.resolve("config.json"), keys(config, context, endTokens));
  }

  /** Copies the files of a tokenizer from one model's folder to another. */
  static void copyTokenizer(Path from, Path to) {
    for (String name : TOKENIZER) {
      Optional<Path> file = FolderFile.find(from, name);
      file.ifPresent(one -> copy(one, to.resolve(name)));
    }
  }

  static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Checks.refuse("cannot copy %s to %s: %s", from, to, AtomicFile.reason(e));
    }
  }

  private static void createEmpty(Path folder) {
    Checks.require(
        Files.isDirectory(folder) || !Files.exists(folder),
        "%s is a file; name a new folder for the model",
        folder);
    try {
      Files.createDirectories(folder);
      try (Stream<Path> inside = Files.list(folder)) {
        Checks.require(
            inside.findAny().isEmpty(), "%s is not empty; name a new folder for the model", folder);
      }
    } catch (IOException e) {
      throw Checks.refuse("cannot write into folder %s: %s", folder, AtomicFile.reason(e));
    }
  }

  private static Map<String, @Nullable Object> keys(
      ModelConfig c, int context, List<Integer> endTokens) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    keys.put("architectures", List.of(c.qkvBias() ? "Qwen2ForCausalLM" : "LlamaForCausalLM"));
    keys.put("model_type", c.qkvBias() ? "qwen2" : "llama");
    keys.put("vocab_size", c.vocabSize());
    keys.put("hidden_size", c.dim());
    keys.put("intermediate_size", c.ffDim());
    keys.put("num_hidden_layers", c.layers());
    keys.put("num_attention_heads", c.heads());
    keys.put("num_key_value_heads", c.kvHeads());
    keys.put("head_dim", c.headSize());
    keys.put("hidden_act", "silu");
    keys.put("max_position_embeddings", context);
    keys.put("rms_norm_eps", c.normEps());
    keys.put("rope_theta", c.ropeTheta());
    if (c.ropeScaling().kind() != RopeScaling.Kind.NONE) {
      keys.put("rope_scaling", scaling(c.ropeScaling()));
    }
    keys.put("tie_word_embeddings", c.tiedHead());
    if (!c.qkvBias()) {
      keys.put("attention_bias", false);
      keys.put("mlp_bias", false);
    }
    // Left out, the key would mean an id to readers; null is none.
    keys.put("eos_token_id", endTokens.isEmpty() ? null : oneOrMore(endTokens));
    keys.put("torch_dtype", "float32");
    return keys;
  }

  private static Object oneOrMore(List<Integer> ids) {
    return ids.size() == 1 ? ids.get(0) : ids;
  }

  private static Map<String, Object> scaling(RopeScaling s) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("factor", s.factor());
    if (s.kind() == RopeScaling.Kind.LINEAR) {
      keys.put("rope_type", "linear");
      return keys;
    }
    keys.put("high_freq_factor", s.highFrequencyFactor());
    keys.put("low_freq_factor", s.lowFrequencyFactor());
    keys.put("original_max_position_embeddings", s.originalContext());
    keys.put("rope_type", "llama3");
    return keys;
  }
}
