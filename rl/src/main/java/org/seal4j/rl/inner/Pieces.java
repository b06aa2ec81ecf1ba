package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;

/** Work on a long list, cut into pieces that worker threads take. */
final class Pieces {
  private Pieces() {}

  /** One result per item, in order; pieces have at most {@code size} items. */
  static <T, R> List<R> map(
      Workers workers, List<T> items, int size, BiFunction<List<T>, Worker, List<R>> work) {
    int count = (items.size() + size - 1) / size;
    List<List<R>> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      results.add(List.of());
    }
    workers.run(
        count,
        (i, worker) -> {
          List<T> piece = items.subList(i * size, Math.min((i + 1) * size, items.size()));
          List<R> result = work.apply(piece, worker);
          synchronized (results) {
            results.set(i, result);
          }
        });
    return results.stream().flatMap(List::stream).toList();
  }
}
