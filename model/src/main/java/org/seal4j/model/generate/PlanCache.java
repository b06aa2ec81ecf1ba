package org.seal4j.model.generate;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Bound plans by shape. The least recently used one is closed when there are too many. */
final class PlanCache<K, P extends AutoCloseable> implements AutoCloseable {
  private final int limit;
  private final Function<K, P> builder;
  private final Map<K, P> plans = new LinkedHashMap<>(16, 0.75f, true);

  PlanCache(int limit, Function<K, P> builder) {
    this.limit = limit;
    this.builder = builder;
  }

  /** The plan of this shape, bound now if there is none. */
  P get(K shape) {
    P known = plans.get(shape);
    if (known != null) {
      return known;
    }
    if (plans.size() >= limit) {
      Iterator<P> eldest = plans.values().iterator();
      close(eldest.next());
      eldest.remove();
    }
    P built = builder.apply(shape);
    plans.put(shape, built);
    return built;
  }

  /** Closes the plans of these shapes. */
  void closeIf(Predicate<K> shapes) {
    Iterator<Map.Entry<K, P>> all = plans.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<K, P> next = all.next();
      if (shapes.test(next.getKey())) {
        close(next.getValue());
        all.remove();
      }
    }
  }

  /** Closes all plans; later ones are built anew. */
  @Override
  public void close() {
    plans.values().forEach(PlanCache::close);
    plans.clear();
  }

  private static void close(AutoCloseable plan) {
    try {
      plan.close();
    } catch (Exception e) {
      throw new IllegalStateException("a plan cannot be closed", e);
    }
  }
}
