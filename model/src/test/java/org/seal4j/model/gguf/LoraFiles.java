package org.seal4j.model.gguf;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;
import org.seal4j.model.gguf.GgufLora.Factors;
import org.seal4j.model.plan.Tensors;

/** Random adapters of small models. */
final class LoraFiles {
  private LoraFiles() {}

  /** Factors for all linears but the head. */
  static Map<String, Factors> random(ModelConfig base, int rank, Seeds seeds) {
    Map<String, Factors> factors = new LinkedHashMap<>();
    WeightNames.modules(base)
        .forEach(
            (module, shape) -> {
              if (!module.equals(WeightNames.HEAD)) {
                Rng rng = seeds.child(module).rng();
                factors.put(
                    module, new Factors(random(rng, rank, shape[1]), random(rng, shape[0], rank)));
              }
            });
    return factors;
  }

  private static INDArray random(Rng rng, long rows, long columns) {
    INDArray array = Tensors.zeros(rows, columns);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, (float) rng.nextGaussian());
    }
    return array;
  }
}
