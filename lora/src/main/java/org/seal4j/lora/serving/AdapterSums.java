package org.seal4j.lora.serving;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.bundle.SummedAdapters;
import org.seal4j.model.ModelConfig;

/**
 * Several adapters with weights as one, known by their hashes and weights in their order. A sum is
 * made once for all requests that hold it at a time. Thread-safe.
 */
final class AdapterSums {
  private final ModelConfig model;
  private final Map<String, WeakReference<ServedAdapter>> made = new HashMap<>();

  AdapterSums(ModelConfig model) {
    this.model = model;
  }

  /** What a request is answered with; null for the model itself. */
  @Nullable ServedAdapter of(List<WeightedAdapter> adapters) {
    if (adapters.isEmpty()) {
      return null;
    }
    if (adapters.size() == 1 && adapters.get(0).weight() == 1) {
      return adapters.get(0).adapter();
    }
    String key = adapters.stream().map(WeightedAdapter::key).collect(Collectors.joining("+"));
    ServedAdapter known = known(key);
    return known == null ? keep(key, sum(key, adapters)) : known;
  }

  private synchronized @Nullable ServedAdapter known(String key) {
    WeakReference<ServedAdapter> reference = made.get(key);
    return reference == null ? null : reference.get();
  }

  private synchronized ServedAdapter keep(String key, ServedAdapter sum) {
    made.values().removeIf(reference -> reference.get() == null);
    made.put(key, new WeakReference<>(sum));
    return sum;
  }

  private ServedAdapter sum(String key, List<WeightedAdapter> adapters) {
    List<AdapterBank> banks = new ArrayList<>();
    try {
      adapters.forEach(weighted -> banks.add(weighted.adapter().toBank(model)));
      List<Double> weights = adapters.stream().map(WeightedAdapter::weight).toList();
      try (AdapterBank sum = SummedAdapters.of(model, banks, weights)) {
        return ServedAdapter.of(key, sum);
      }
    } finally {
      banks.forEach(AdapterBank::close);
    }
  }
}
