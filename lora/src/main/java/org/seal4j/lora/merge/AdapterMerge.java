package org.seal4j.lora.merge;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.MergedAdapter;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Tensors;

/**
 * Merges adapters of one base, one module after the other.
 *
 * <pre>{@code
 * AdapterMerge merge = AdapterMerge.by(MergeMethods.named("linear"));
 * List<AdapterMerge.Part> parts = List.of(new Part(law, 0, 0.5), new Part(tax, 0, 0.5));
 * try (AdapterBank both = merge.adapter(weights, parts)) { ... }
 * }</pre>
 *
 * @param method what is made of the updates of a module
 * @param rank largest rank of the result, where one is asked for
 * @param denoiser what takes each adapter's noise away before, where something does
 */
public record AdapterMerge(MergeMethod method, OptionalInt rank, Optional<Denoiser> denoiser) {
  public AdapterMerge {
    Checks.require(
        rank.orElse(1) >= 1, "the rank of a merge must be >= 1 but was %s", rank.orElse(1));
  }

  /**
   * An adapter that is merged.
   *
   * @param bank where it lies
   * @param adapter its place in the bank, from 0
   * @param weight factor on it, finite
   */
  public record Part(AdapterBank bank, int adapter, double weight) {
    public Part {
      bank.requireAdapter(adapter);
      Checks.require(
          Double.isFinite(weight), "the weight of an adapter must be finite but was %s", weight);
    }
  }

  /** A merge by this method with nothing besides. */
  public static AdapterMerge by(MergeMethod method) {
    return new AdapterMerge(method, OptionalInt.empty(), Optional.empty());
  }

  /**
   * Whether what comes out adds exactly the weighted sum of these adapters, rounding aside.
   *
   * @param parts that are merged
   */
  public boolean isExact(List<Part> parts) {
    int sum = parts.stream().mapToInt(part -> part.bank.config().rank()).sum();
    return method.isExact() && denoiser.isEmpty() && rank.orElse(sum) >= sum;
  }

  /**
   * One adapter out of several. It has the modules that any of them has; where one has fewer
   * products in some modules the rest is zero.
   *
   * @param base the model of all of them; stays as it is
   * @param parts at least one
   * @return a bank of one, which the caller closes
   * @throws org.seal4j.data.check.InputException where the method makes no adapter, an adapter does
   *     not fit the base, or nothing is left
   */
  public AdapterBank adapter(Weights base, List<Part> parts) {
    Checks.require(
        method.makesAdapter(),
        "the method '%s' makes weights, no adapter: it scales the base too",
        method.methodName());
    Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
    each(base, parts, (module, merged) -> updates.put(module, merged.update()));
    int largest = updates.values().stream().mapToInt(LowRankUpdate::rank).max().orElse(0);
    Checks.require(
        largest > 0,
        "nothing is left of the adapters; name larger weights, or a denoising that keeps more");
    double scaling = parts.get(0).bank.config().scaling();
    LoraConfig config = new LoraConfig(largest, scaling * largest, false, targets(parts, updates));
    AdapterBank bank = new AdapterBank(1, base.config(), config);
    updates.forEach((module, update) -> update.writeTo(bank, module));
    return bank;
  }

  private static TargetModules targets(List<Part> parts, Map<String, LowRankUpdate> updates) {
    TargetModules first = parts.get(0).bank.config().targetModules();
    boolean same = parts.stream().allMatch(p -> p.bank.config().targetModules().equals(first));
    return same ? first : new TargetModules(String.join(",", updates.keySet()));
  }

  /**
   * Merges adapters into weights, in place. Each number is computed in double precision and rounded
   * once.
   *
   * @param weights of the model of all of them
   * @param parts at least one
   * @return the merge, which can be undone; close it to keep the merged weights and free the rest
   * @throws org.seal4j.data.check.InputException before anything is touched, where an adapter does
   *     not fit the weights or targets a tied head
   */
  public MergedAdapter into(Weights weights, List<Part> parts) {
    parts.forEach(part -> Merge.requireMergeable(weights, part.bank, part.adapter));
    MergedAdapter merged = MergedAdapter.remembering(weights, modules(weights, parts));
    try {
      each(weights, parts, (module, one) -> apply(weight(weights, module), one));
      return merged;
    } catch (RuntimeException e) {
      merged.unmerge();
      throw e;
    }
  }

  private void each(Weights base, List<Part> parts, BiConsumer<String, MergedModule> taker) {
    Checks.require(!parts.isEmpty(), "a merge needs at least one adapter");
    for (String module : modules(base, parts)) {
      INDArray weight = weight(base, module);
      List<LowRankUpdate> updates = new ArrayList<>();
      for (Part part : parts) {
        if (part.bank.targets(module)) {
          LowRankUpdate own = LowRankUpdate.of(part.bank, module, part.adapter);
          own.requireFit(module, weight);
          LowRankUpdate rest = denoiser.map(step -> step.denoised(module, own)).orElse(own);
          updates.add(rest.times(part.weight));
        }
      }
      taker.accept(module, method.merge(weight, updates, rank));
    }
  }

  private static INDArray weight(Weights base, String module) {
    return base.get(WeightNames.weight(base.config(), module));
  }

  /** The modules that any adapter has, in the order of the forward pass. */
  private static List<String> modules(Weights base, List<Part> parts) {
    return WeightNames.modules(base.config()).keySet().stream()
        .filter(module -> parts.stream().anyMatch(part -> part.bank.targets(module)))
        .toList();
  }

  /** {@code W' = scale (W + D)}, in place. */
  private static void apply(INDArray weight, MergedModule merged) {
    FloatBuffer w = Tensors.of(weight).f();
    LowRankUpdate update = merged.update();
    float[] row = new float[update.in()];
    double[] added = new double[update.in()];
    for (int o = 0; o < update.out(); o++) {
      update.row(o, added);
      w.get(o * row.length, row);
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (merged.scale() * (row[i] + added[i]));
      }
      w.put(o * row.length, row);
    }
  }
}
