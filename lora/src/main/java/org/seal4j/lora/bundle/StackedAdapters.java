package org.seal4j.lora.bundle;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.AdapterBank.Factors;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.plan.Tensors;

/**
 * Adapters side by side in one bank, so that questions of different adapters are answered in one
 * batch. An answer has the bits that it has with its adapter alone.
 */
public final class StackedAdapters {
  private StackedAdapters() {}

  /**
   * The bank of these adapters, in their order; the caller closes it.
   *
   * @param banks of one adapter each and of one shape, at least one; not closed
   */
  public static AdapterBank of(ModelConfig model, List<AdapterBank> banks) {
    Checks.require(!banks.isEmpty(), "a bank needs one adapter at least");
    AdapterBank first = banks.get(0);
    for (AdapterBank bank : banks) {
      Checks.require(
          bank.size() == 1
              && bank.config().rank() == first.config().rank()
              && bank.config().scaling() == first.config().scaling()
              && bank.factors().keySet().equals(first.factors().keySet()),
          "adapters of different ranks, factors or modules cannot answer in one batch");
    }
    AdapterBank all = new AdapterBank(banks.size(), model, first.config());
    for (int i = 0; i < banks.size(); i++) {
      for (Map.Entry<String, Factors> module : all.factors().entrySet()) {
        Factors own =
            Checks.present(
                banks.get(i).factors().get(module.getKey()),
                "an adapter has no %s",
                module.getKey());
        put(own.a(), module.getValue().a(), i);
        put(own.b(), module.getValue().b(), i);
      }
    }
    return all;
  }

  private static void put(INDArray one, INDArray all, int place) {
    FloatBuffer from = Tensors.of(one).f();
    Tensors.of(all).f().put(place * from.capacity(), from, 0, from.capacity());
  }
}
