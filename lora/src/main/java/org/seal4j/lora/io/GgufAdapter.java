package org.seal4j.lora.io;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.PeftConfig.Scale;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.gguf.GgufLora;
import org.seal4j.model.gguf.GgufLora.Factors;
import org.seal4j.model.plan.Tensors;

/** Adapters between the form of PEFT and that of llama.cpp, see {@link GgufLora}. */
final class GgufAdapter {
  private GgufAdapter() {}

  /**
   * An adapter that is to be written.
   *
   * @param scales rank and scaling by module
   * @param factors A {@code [r, in]} and B {@code [out, r]} by module
   */
  record Scaled(ModelConfig base, Map<String, Scale> scales, Map<String, Factors> factors) {}

  /** The adapter of a GGUF file, with the configuration that PEFT would write for it. */
  static PeftAdapter read(Path file, ModelConfig base) {
    GgufLora read = GgufLora.read(file, base);
    try {
      return described(read, base);
    } catch (RuntimeException e) {
      read.close();
      throw e;
    }
  }

  private static PeftAdapter described(GgufLora read, ModelConfig base) {
    Map<String, Double> ranks = new LinkedHashMap<>();
    read.factors().forEach((module, f) -> ranks.put(module, (double) f.a().size(0)));
    int usual = (int) (double) ranks.values().iterator().next();
    // Alpha 0 stands for a scaling of 1: alpha is then the rank.
    boolean one = read.alpha() == 0;
    PeftConfig config =
        new PeftConfig(
            usual,
            one ? usual : read.alpha(),
            false,
            targets(List.copyOf(ranks.keySet()), base),
            patterns("rank_pattern", ranks, usual),
            patterns("alpha_pattern", one ? ranks : Map.of(), usual),
            new PeftBase("", null));
    PeftAdapter adapter = new PeftAdapter(base, config, ranks.keySet());
    read.factors().forEach((module, f) -> adapter.put(module, f.a(), f.b()));
    return adapter;
  }

  private static PeftTargets targets(List<String> modules, ModelConfig base) {
    for (TargetModules form :
        List.of(
            TargetModules.allLinear(),
            TargetModules.allLinearAndHead(),
            new TargetModules(
                modules.stream()
                    .map(GgufAdapter::leaf)
                    .distinct()
                    .collect(Collectors.joining(","))))) {
      if (List.copyOf(form.resolve(base).keySet()).equals(modules)) {
        return PeftTargets.of(form, modules);
      }
    }
    return PeftTargets.of(new TargetModules(String.join(",", modules)), modules);
  }

  private static String leaf(String module) {
    return module.substring(module.lastIndexOf('.') + 1);
  }

  /** The numbers that are not the usual one, by the last name where all its modules share them. */
  private static PeftPatterns patterns(String key, Map<String, Double> numbers, double usual) {
    Map<String, List<Double>> byLeaf =
        numbers.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    one -> leaf(one.getKey()),
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    Map<String, Double> values = new LinkedHashMap<>();
    numbers.forEach(
        (module, number) -> {
          String leaf = leaf(module);
          boolean shared = byLeaf.getOrDefault(leaf, List.of()).stream().allMatch(number::equals);
          if (number != usual) {
            values.put(shared ? leaf : module, number);
          }
        });
    return new PeftPatterns(key, key, values);
  }

  /**
   * Writes an adapter as GGUF: alpha is that of the first module that is scaled at all, and B of
   * the others takes up the difference, rounded once.
   */
  static void write(Scaled adapter, GgufType type, Path to) {
    Map<String, Scale> scales = adapter.scales();
    float alpha =
        (float)
            scales.values().stream()
                .mapToDouble(GgufAdapter::alpha)
                .map(Math::abs)
                .filter(size -> size > 0)
                .findFirst()
                .orElse(1);
    Checks.require(
        alpha > 0 && Float.isFinite(alpha), "alpha %s has no form in a GGUF file", alpha);
    Map<String, Factors> scaled = new LinkedHashMap<>();
    adapter
        .factors()
        .forEach(
            (module, f) -> {
              Scale scale = Checks.present(scales.get(module), "the adapter has no %s", module);
              scaled.put(module, new Factors(f.a(), times(f.b(), alpha(scale) / alpha)));
            });
    try {
      new GgufLora(alpha, scaled).write(adapter.base(), type, to);
    } finally {
      scaled.values().forEach(f -> f.b().close());
    }
  }

  /** The alpha that gives this scaling with alpha / rank. */
  private static double alpha(Scale scale) {
    return scale.scaling() * scale.rank();
  }

  private static INDArray times(INDArray array, double factor) {
    INDArray product = Tensors.zeros(array.shape());
    var from = Tensors.of(array).f();
    var to = Tensors.of(product).f();
    for (int i = 0; i < from.capacity(); i++) {
      to.put(i, (float) (factor * from.get(i)));
    }
    return product;
  }
}
