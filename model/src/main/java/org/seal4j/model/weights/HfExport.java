package org.seal4j.model.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.json.Json;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.RopePlanes;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.RopeScaling;

/**
 * A model as a Hugging Face folder that transformers loads as it is: {@code config.json} (llama;
 * qwen2 where query, key and value have biases, qwen3 where heads are normalised, smollm3 where
 * layers are not rotated; gemma2 or gemma3_text where layers are built as theirs), {@code
 * model.safetensors} in float32, and what else stands beside it.
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
    requireForm(config);
    createEmpty(folder);
    tokenizer.accept(folder);
    Path file = folder.resolve(TensorFiles.WHOLE);
    if (config.ropeInterleaved()) {
      try (Weights halves = weights.withConfig(config.withRopeInterleaved(false))) {
        RopePlanes.toHalves(halves);
        tensors(halves, file);
      }
    } else {
      tensors(weights, file);
    }
    describe(config, context, endTokens, folder);
  }

  private static void tensors(Weights weights, Path file) {
    // transformers refuses a file that does not say what wrote it
    Map<String, String> metadata = Map.of("format", "pt");
    if (!weights.config().form().gemma()) {
      SafeTensors.write(file, weights.arrays(), metadata);
      return;
    }
    Map<String, INDArray> stored = new LinkedHashMap<>(weights.arrays());
    stored
        .keySet()
        .retainAll(weights.arrays().keySet().stream().filter(WeightNames::isGain).toList());
    stored.replaceAll((name, gain) -> HfGemma.stored(gain));
    try {
      Map<String, INDArray> all = new LinkedHashMap<>(weights.arrays());
      all.putAll(stored);
      SafeTensors.write(file, all, metadata);
    } finally {
      stored.values().forEach(INDArray::close);
    }
  }

  private static void requireForm(ModelConfig c) {
    Checks.require(
        c.pairPositions() == 0,
        "a model with %d learned pair positions has no Hugging Face form",
        c.pairPositions());
    DecoderForm form = c.form();
    if (form.gemma()) {
      HfGemma.requireForm(c);
      return;
    }
    int deviations =
        (c.qkvBias() ? 1 : 0) + (form.headNorms() ? 1 : 0) + (form.unrotated().isEmpty() ? 0 : 1);
    Checks.require(
        deviations <= 1,
        "a model that has more than one of biases (Qwen2), normalised heads (Qwen3) and layers that"
            + " are not rotated (SmolLM3) has no Hugging Face form");
    Checks.require(
        form.equals(new DecoderForm(form.headNorms(), form.unrotated())),
        "a model that is not built as Gemma but has a window, caps or another divisor of scores has"
            + " no Hugging Face form");
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

  /** The family that computes what such a model computes. */
  private static HfType type(ModelConfig c) {
    if (c.form().gemma()) {
      return c.form().headNorms() ? HfType.GEMMA3 : HfType.GEMMA2;
    }
    if (c.form().headNorms()) {
      return HfType.QWEN3;
    }
    if (!c.form().unrotated().isEmpty()) {
      return HfType.SMOLLM3;
    }
    return c.qkvBias() ? HfType.QWEN2 : HfType.LLAMA;
  }

  private static Map<String, @Nullable Object> keys(
      ModelConfig c, int context, List<Integer> endTokens) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    HfType type = type(c);
    keys.put("architectures", List.of(type.architecture()));
    keys.put("model_type", type.word());
    keys.put("vocab_size", c.vocabSize());
    keys.put("hidden_size", c.dim());
    keys.put("intermediate_size", c.ffDim());
    keys.put("num_hidden_layers", c.layers());
    keys.put("num_attention_heads", c.heads());
    keys.put("num_key_value_heads", c.kvHeads());
    keys.put("head_dim", c.headSize());
    if (type.isGemma()) {
      HfGemma.put(c, context, keys);
    } else {
      keys.put("hidden_act", "silu");
    }
    keys.put("max_position_embeddings", context);
    keys.put("rms_norm_eps", c.normEps());
    keys.put("rope_theta", c.ropeTheta());
    if (c.ropeScaling().kind() != RopeScaling.Kind.NONE) {
      keys.put("rope_scaling", scaling(c.ropeScaling()));
    }
    keys.put("tie_word_embeddings", c.tiedHead());
    if (type != HfType.QWEN2) {
      keys.put("attention_bias", false);
    }
    if (type == HfType.LLAMA || type == HfType.SMOLLM3) {
      keys.put("mlp_bias", false);
    }
    if (type == HfType.SMOLLM3) {
      List<Integer> rotated = new ArrayList<>();
      for (int l = 0; l < c.layers(); l++) {
        rotated.add(c.form().rotates(l) ? 1 : 0);
      }
      keys.put(HfForm.LAYERS, rotated);
      // Left out, the keys would mean ids that small vocabularies do not have.
      keys.put("bos_token_id", null);
      keys.put("pad_token_id", null);
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
