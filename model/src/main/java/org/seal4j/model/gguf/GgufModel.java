package org.seal4j.model.gguf;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufTensor;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.RopePlanes;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;

/**
 * A model in a GGUF file, as llama.cpp and its relatives make them: llama (mistral goes by this
 * name), qwen2, qwen3, smollm3, gemma2 or gemma3, with tensors of any {@link
 * org.seal4j.data.gguf.GgufType}.
 *
 * @param header all that stands before the tensors
 * @param config the sizes
 * @param context tokens of the longest text that the model was made for
 * @param endTokens ids that end a text or a turn
 */
public record GgufModel(
    GgufHeader header, ModelConfig config, int context, List<Integer> endTokens) {
  /** An end of the text, of the turn, and of a message before a tool's. */
  private static final List<String> ENDS =
      List.of(
          "tokenizer.ggml.eos_token_id",
          "tokenizer.ggml.eot_token_id",
          "tokenizer.ggml.eom_token_id");

  public GgufModel {
    endTokens = List.copyOf(endTokens);
  }

  /**
   * Reads what stands before the tensors, and checks that they are those of the model.
   *
   * @throws org.seal4j.data.check.InputException naming file, key or tensor where anything does not
   *     fit
   */
  public static GgufModel open(Path file) {
    GgufHeader header = GgufHeader.read(file);
    GgufConfig keys = GgufConfig.of(header);
    ModelConfig config = keys.model();
    Set<Integer> ends = new LinkedHashSet<>();
    ENDS.forEach(key -> header.keys().id(key, config.vocabSize()).ifPresent(ends::add));
    GgufModel model = new GgufModel(header, config, keys.context(), List.copyOf(ends));
    model.tensors();
    return model;
  }

  /** The tensor of each of our weights, all of them there and of the right shape. */
  private Map<String, GgufTensor> tensors() {
    Map<String, GgufTensor> found = new HashMap<>(header.tensors());
    Map<String, GgufTensor> tensors = new LinkedHashMap<>();
    WeightNames.shapes(config)
        .forEach(
            (ours, shape) -> {
              String name = GgufNames.of(ours, config.form());
              GgufTensor tensor =
                  Checks.present(found.remove(name), "%s lacks the tensor %s", header.file(), name);
              Checks.require(
                  Arrays.equals(tensor.shape(), shape),
                  "%s: the tensor %s is %s but %s is expected by the keys of the file",
                  header.file(),
                  name,
                  Arrays.toString(tensor.shape()),
                  Arrays.toString(shape));
              tensors.put(ours, tensor);
            });
    found.remove(GgufNames.ROPE_FACTORS);
    Checks.require(
        found.isEmpty(),
        "%s has tensors that no such model is known to have, and what they change is not built: %s",
        header.file(),
        Shown.names(found.keySet().stream().sorted().toList()));
    return tensors;
  }

  /** Reads all weights as float32; the caller closes them. */
  public Weights weights() {
    Map<String, GgufTensor> tensors = tensors();
    return Weights.filled(
        config,
        weights -> {
          try (TensorSource source = TensorSource.open(header.file())) {
            tensors.forEach((name, tensor) -> source.read(tensor, weights.get(name)));
          }
          if (GgufFamily.of(config).turnsRows()) {
            RopePlanes.toHalves(weights);
          }
        });
  }
}
