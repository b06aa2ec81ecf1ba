package org.seal4j.serve.decode;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.bundle.SummedAdapters;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.plan.Worker;

/**
 * What writes with a choice of adapters: a generator of the model itself, and one of the adapters
 * that were asked for last. Not thread-safe.
 */
final class AdapterGenerators implements AutoCloseable {
  private static final GeneratorOptions OPTIONS = new GeneratorOptions(1, 64, true);

  private final TextModel model;
  private final Worker worker;
  private final Generator base;
  private @Nullable Adapted last;

  /** A generator over adapters, and what it owns. */
  private record Adapted(
      String key, Generator generator, AdapterBank bank, @Nullable AdapterBank sum) {
    /** An adapter that was evicted and read again has the same numbers elsewhere. */
    boolean isOf(String other, List<WeightedAdapter> adapters) {
      return key.equals(other) && (sum != null || bank == adapters.get(0).bank());
    }

    void close() {
      generator.close();
      if (sum != null) {
        sum.close();
      }
    }
  }

  AdapterGenerators(TextModel model) {
    this.model = model;
    worker = new Worker(model.engine());
    base = new Generator(model.folder().weights(), model.linears(), worker, OPTIONS);
  }

  /** Writes with these adapters; stays open until the next call. */
  Generator of(List<WeightedAdapter> adapters) {
    if (adapters.isEmpty()) {
      return base;
    }
    String key =
        adapters.stream()
            .map(adapter -> adapter.hash() + "*" + adapter.weight())
            .collect(Collectors.joining("+"));
    if (last == null || !last.isOf(key, adapters)) {
      forget();
      last = open(adapters, key);
    }
    return last.generator;
  }

  private Adapted open(List<WeightedAdapter> adapters, String key) {
    boolean single = adapters.size() == 1 && adapters.get(0).weight() == 1;
    AdapterBank sum =
        single
            ? null
            : SummedAdapters.of(
                model.folder().config(),
                adapters.stream().map(WeightedAdapter::bank).toList(),
                adapters.stream().map(WeightedAdapter::weight).toList());
    AdapterBank bank = sum == null ? adapters.get(0).bank() : sum;
    return new Adapted(
        key,
        new Generator(model.folder().weights(), model.withBank(bank).linears(), worker, OPTIONS),
        bank,
        sum);
  }

  private void forget() {
    if (last != null) {
      last.close();
      last = null;
    }
  }

  @Override
  public void close() {
    forget();
    base.close();
    worker.close();
  }
}
