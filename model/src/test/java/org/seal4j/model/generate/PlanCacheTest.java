package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCacheTest {
  @Test
  void the_least_recently_used_plan_is_closed_when_there_are_too_many() {
    List<String> log = new ArrayList<>();
    try (PlanCache<String, AutoCloseable> cache =
        new PlanCache<>(
            2,
            key -> {
              log.add("open " + key);
              return () -> log.add("close " + key);
            })) {
      AutoCloseable a = cache.get("a");
      cache.get("b");
      assertThat(cache.get("a")).isSameAs(a);
      cache.get("c");
      assertThat(log).containsExactly("open a", "open b", "close b", "open c");
      assertThat(cache.get("a")).isSameAs(a);
    }
    assertThat(log).endsWith("close c", "close a");
  }
}
