package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.run.Rng;
import org.seal4j.data.run.Seeds;

class BufferPoolTest {
  private static final long SEED = Long.getLong("seal.test.seed", 1L);

  @Test
  void a_buffer_in_use_is_never_given_out_again() {
    Rng rng = Seeds.of(SEED).child("pool").rng();
    try (BufferPool pool = new BufferPool()) {
      for (int plan = 0; plan < 20; plan++) {
        BufferPool.Layout layout = pool.layout();
        List<INDArray> live = new ArrayList<>();
        Set<INDArray> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 200; i++) {
          if (live.isEmpty() || rng.nextInt(5) > 1) {
            long length = 1 + rng.nextInt(5000);
            INDArray buffer = layout.take(length);
            assertThat(buffer.length()).isGreaterThanOrEqualTo(length);
            assertThat(taken.add(buffer)).as("-Dseal.test.seed=%d", SEED).isTrue();
            live.add(buffer);
          } else {
            INDArray buffer = live.remove(rng.nextInt(live.size()));
            taken.remove(buffer);
            layout.release(buffer);
          }
        }
      }
    }
  }

  @Test
  void the_next_plan_reuses_what_the_last_one_took() {
    try (BufferPool pool = new BufferPool()) {
      for (int plan = 0; plan < 3; plan++) {
        BufferPool.Layout layout = pool.layout();
        layout.take(1000);
        layout.take(10);
        assertThat(pool.bytes()).isEqualTo(4 * 1010);
      }
    }
  }

  @Test
  void a_small_array_does_not_occupy_a_large_buffer() {
    try (BufferPool pool = new BufferPool()) {
      BufferPool.Layout layout = pool.layout();
      layout.release(layout.take(100_000));
      assertThat(layout.take(10).length()).isEqualTo(10);
    }
  }

  @Test
  void a_closed_pool_owns_nothing() {
    BufferPool pool = new BufferPool();
    INDArray buffer = pool.layout().take(100);
    pool.close();
    assertThat(pool.bytes()).isZero();
    assertThat(buffer.wasClosed()).isTrue();
  }
}
