package org.seal4j.model.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
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
      Weights weights = Weights.zeros(config);
      try {
        stored.forEach((name, from) -> files.read(from, weights.get(name)));
        requireOneTable(files, config, weights);
        return weights;
      } catch (RuntimeException e) {
        weights.close();
        throw e;
      }
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
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    WeightNames.shapes(config)
        .forEach(
            (name, shape) -> {
              boolean fromHead =
                  config.tiedHead()
                      && name.equals(WeightNames.EMBEDDING)
                      && !files.shapes().containsKey(name);
              String from = fromHead ? HEAD : name;
              long[] found = files.shapes().get(from);
              if (found == null) {
                missing.add(name);
              } else if (!Arrays.equals(found, shape)) {
                misshapen.add(
                    "%s is %s instead of %s"
                        .formatted(from, Arrays.toString(found), Arrays.toString(shape)));
              }
              stored.put(name, from);
            });
    Set<String> known = new HashSet<>(stored.values());
    if (config.tiedHead()) {
      known.add(HEAD);
    }
    List<String> unexpected =
        files.shapes().keySet().stream()
            .filter(name -> !known.contains(name) && !name.endsWith(BUFFER))
            .toList();
    Checks.require(
        missing.isEmpty() && unexpected.isEmpty() && misshapen.isEmpty(),
        "%s does not hold the weights that config.json describes:%s%s%s",
        files.source(),
        said(" missing ", missing),
        said(" not expected ", unexpected),
        said(" of another shape ", misshapen));
    stored.values().forEach(files::requireReadable);
    return stored;
  }

  private static String said(String what, List<String> names) {
    return names.isEmpty() ? "" : what + Shown.names(names);
  }

  /** A tied head that is stored beside the embedding must be the same numbers. */
  private static void requireOneTable(TensorFiles files, ModelConfig config, Weights weights) {
    if (!config.tiedHead()
        || !files.shapes().containsKey(HEAD)
        || !files.shapes().containsKey(WeightNames.EMBEDDING)) {
      return;
    }
    INDArray table = weights.get(WeightNames.EMBEDDING);
    try (INDArray head = Nd4j.createUninitialized(DataType.FLOAT, table.shape())) {
      head.setCloseable(true);
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
