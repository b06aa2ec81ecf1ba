package org.seal4j.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.kernel.FrozenWeight;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Tensors;

/**
 * Copies in fewer bits of all matrices that the linear modules of a model multiply with, on the
 * Java heap. They are made once and shared by threads; training the model does not reach them.
 */
public final class FrozenWeights {
  private final WeightForm form;
  private final Map<String, FrozenWeight> byName = new LinkedHashMap<>();

  private FrozenWeights(WeightForm form) {
    this.form = form;
  }

  /**
   * Copies the matrices.
   *
   * @param form any but float32
   */
  public static FrozenWeights of(Weights weights, WeightForm form) {
    new MemoryNeed(bytes(weights.config(), form))
        .requireHeap(
            "the weights of this model as " + form.text(),
            "use --weights float32, which needs no copy");
    FrozenWeights frozen = new FrozenWeights(form);
    WeightNames.modules(weights.config())
        .keySet()
        .forEach(
            module -> {
              String name = WeightNames.weight(weights.config(), module);
              INDArray array = weights.get(name);
              frozen.byName.put(name, FrozenWeight.of(form, Tensors.of(array)));
            });
    return frozen;
  }

  /** What the copies take on the Java heap, but for rounding up. */
  public static double bytes(ModelConfig config, WeightForm form) {
    return form.bytes()
        * WeightNames.modules(config).values().stream()
            .mapToDouble(shape -> (double) shape[0] * shape[1])
            .sum();
  }

  public WeightForm form() {
    return form;
  }

  /** The copy of the weight of this name; null where no linear module has it. */
  @Nullable FrozenWeight get(String name) {
    return byName.get(name);
  }
}
