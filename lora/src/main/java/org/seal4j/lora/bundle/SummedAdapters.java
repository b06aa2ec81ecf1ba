package org.seal4j.lora.bundle;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.AdapterBank.Factors;
import org.seal4j.lora.LoraConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.plan.Tensors;

/**
 * Adapters in effect together. The sum of their products {@code A_i B_i} is the product of the
 * factors side by side, so that k adapters of rank r are one of rank k r, and nothing is lost.
 */
public final class SummedAdapters {
  private SummedAdapters() {}

  /**
   * Adapters of the same modules as one; the caller closes it.
   *
   * @param banks of one adapter each, at least one; not closed
   * @param weights factor on what each of them adds
   */
  public static AdapterBank of(ModelConfig model, List<AdapterBank> banks, List<Double> weights) {
    Checks.require(
        !banks.isEmpty() && banks.size() == weights.size(),
        "%d adapters cannot be summed with %d weights",
        banks.size(),
        weights.size());
    AdapterBank first = banks.get(0);
    for (AdapterBank bank : banks) {
      Checks.require(
          bank.size() == 1 && bank.factors().keySet().equals(first.factors().keySet()),
          "adapters of different modules cannot be summed");
    }
    int rank = banks.stream().mapToInt(bank -> bank.config().rank()).sum();
    double scaling = first.config().scaling();
    LoraConfig lora = new LoraConfig(rank, scaling * rank, false, first.config().targetModules());
    AdapterBank sum = new AdapterBank(1, model, lora);
    int from = 0;
    for (int i = 0; i < banks.size(); i++) {
      AdapterBank bank = banks.get(i);
      double factor = weights.get(i) * bank.config().scaling() / lora.scaling();
      add(sum, bank, from, factor);
      from += bank.config().rank();
    }
    return sum;
  }

  /**
   * The same of adapters that are still to be read; one alone that counts in full stays as it is.
   *
   * @param adapters gives a bank of one adapter each, which is closed; at least one
   * @param weights factor on what each of them adds
   */
  public static AdapterBank read(
      ModelConfig model, List<Supplier<AdapterBank>> adapters, List<Double> weights) {
    List<AdapterBank> banks = new ArrayList<>();
    try {
      adapters.forEach(adapter -> banks.add(adapter.get()));
      return banks.size() == 1 && weights.get(0) == 1 ? banks.remove(0) : of(model, banks, weights);
    } finally {
      banks.forEach(AdapterBank::close);
    }
  }

  /**
   * The same of the adapters of a route, which has one at least.
   *
   * @param read gives the adapter of a passage
   */
  public static AdapterBank read(
      ModelConfig model, Route route, Function<BundleEntry, AdapterBank> read) {
    List<Supplier<AdapterBank>> adapters = new ArrayList<>();
    route.choices().forEach(choice -> adapters.add(() -> read.apply(choice.entry())));
    return read(model, adapters, route.choices().stream().map(Route.Choice::weight).toList());
  }

  /** A's columns and B's rows take their places, B with the factor, rounded once. */
  private static void add(AdapterBank sum, AdapterBank bank, int from, double factor) {
    int rank = bank.config().rank();
    int whole = sum.config().rank();
    for (Map.Entry<String, Factors> module : sum.factors().entrySet()) {
      Factors part =
          Checks.present(
              bank.factors().get(module.getKey()), "an adapter has no %s", module.getKey());
      FloatBuffer a = Tensors.of(part.a()).f();
      FloatBuffer b = Tensors.of(part.b()).f();
      FloatBuffer sumA = Tensors.of(module.getValue().a()).f();
      FloatBuffer sumB = Tensors.of(module.getValue().b()).f();
      int in = a.capacity() / rank;
      int out = b.capacity() / rank;
      for (int i = 0; i < in; i++) {
        for (int r = 0; r < rank; r++) {
          sumA.put(i * whole + from + r, a.get(i * rank + r));
        }
      }
      for (int i = 0; i < rank * out; i++) {
        sumB.put(from * out + i, (float) (factor * b.get(i)));
      }
    }
  }
}
