package org.seal4j.model.weights;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Tensors;

/**
 * The weights of a Hugging Face folder. Names are ours but for a tied head, which is stored as the
 * embedding, as the head, or as both.
 */
final class HfFolder {
  private static final String HEAD = WeightNames.HEAD + ".weight";

  /** Tables that old exports store and that follow from the configuration. */
  private static final String BUFFER = ".rotary_emb.inv_freq";

  private HfFolder() {}

  /** Reads all weights, or refuses the folder naming every tensor that does not fit. */
  static Weights weights(Path folder, ModelConfig config) {
    try (TensorFiles files = TensorFiles.open(folder)) {
      Map<String, String> stored = storedNames(files, config);
      return Weights.filled(
          config,
          weights -> {
            stored.forEach((name, from) -> files.read(from, weights.get(name)));
            if (config.form().gemma()) {
              HfGemma.readGains(weights);
            }
            requireOneTable(files, config, weights);
          });
    }
  }

  /** Refuses a folder whose tensors are not those of the model, reading headers alone. */
  static void check(Path folder, ModelConfig config) {
    try (TensorFiles files = TensorFiles.open(folder)) {
      storedNames(files, config);
    }
  }

  /** The name in the file of each of our weights, all of them there and of the right shape. */
  private static Map<String, String> storedNames(TensorFiles files, ModelConfig config) {
    Map<String, String> stored = new LinkedHashMap<>();
    Map<String, long[]> expected = new LinkedHashMap<>();
    Map<String, long[]> found = new LinkedHashMap<>(files.shapes());
    WeightNames.shapes(config)
        .forEach(
            (name, shape) -> {
              boolean fromHead =
                  name.equals(WeightNames.EMBEDDING)
                      && config.tiedHead()
                      && !found.containsKey(name)
                      && found.containsKey(HEAD);
              stored.put(name, fromHead ? HEAD : name);
              expected.put(fromHead ? HEAD : name, shape);
            });
    found
        .keySet()
        .removeIf(
            name ->
                name.endsWith(BUFFER)
                    || (config.tiedHead() && name.equals(HEAD) && !expected.containsKey(HEAD)));
    SafeTensors.requireSame(
        files.source(), "the weights that config.json describes", found, expected);
    stored.values().forEach(files::requireReadable);
    return stored;
  }

  /** A tied head that is stored beside the embedding must be the same numbers. */
  private static void requireOneTable(TensorFiles files, ModelConfig config, Weights weights) {
    if (!config.tiedHead()
        || !files.shapes().containsKey(HEAD)
        || !files.shapes().containsKey(WeightNames.EMBEDDING)) {
      return;
    }
    INDArray table = weights.get(WeightNames.EMBEDDING);
    try (INDArray head = Tensors.zeros(table.shape())) {
      files.read(HEAD, head);
      Checks.require(
          Tensors.bytes(head).equals(Tensors.bytes(table)),
          "%s: config.json says tie_word_embeddings, but %s and %s differ; set it to false",
          files.source(),
          HEAD,
          WeightNames.EMBEDDING);
    }
  }
}
