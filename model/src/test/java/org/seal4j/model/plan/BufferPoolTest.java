package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class BufferPoolTest {
  private static final long SEED = Long.getLong("seal.test.seed", 1L);

  @Tag("slow")
  @Test
  void no_float_belongs_to_two_arrays_in_use() {
    Rng rng = Seeds.of(SEED).child("pool").rng();
    try (BufferPool pool = new BufferPool()) {
      for (int plan = 0; plan < 10; plan++) {
        BufferPool.Layout layout = pool.layout();
        List<INDArray> live = new ArrayList<>();
        IdentityHashMap<INDArray, Float> written = new IdentityHashMap<>();
        for (int i = 0; i < 200; i++) {
          if (live.isEmpty() || rng.nextInt(5) > 1) {
            long length = 1 + rng.nextInt(50_000);
            INDArray array = layout.take(length);
            assertThat(array.length()).isEqualTo(length);
            array.assign(i);
            live.add(array);
            written.put(array, (float) i);
          } else {
            layout.release(live.remove(rng.nextInt(live.size())));
          }
        }
        for (INDArray array : live) {
          assertThat(array.toFloatVector())
              .as("-Dseal.test.seed=%d", SEED)
              .containsOnly(written.get(array));
        }
      }
    }
  }

  @Test
  void the_next_plan_reuses_what_the_last_one_took() {
    try (BufferPool pool = new BufferPool()) {
      pool.layout().take(3_000_000);
      long first = pool.bytes();
      for (int plan = 0; plan < 3; plan++) {
        BufferPool.Layout layout = pool.layout();
        layout.take(2_000_000);
        layout.take(900_000);
        assertThat(pool.bytes()).isEqualTo(first);
      }
    }
  }

  @Test
  void plans_of_a_hundred_sizes_take_little_more_than_the_largest() {
    try (BufferPool pool = new BufferPool()) {
      long largest = 0;
      for (int size = 1; size <= 100; size++) {
        BufferPool.Layout layout = pool.layout();
        for (int i = 0; i < 10; i++) {
          layout.take(10_000L * size);
        }
        largest = 10 * 10_000L * size * Float.BYTES;
      }
      assertThat(pool.bytes()).isBetween(largest, 2 * largest);
    }
  }

  @Test
  void neighbours_that_were_given_back_make_one_stretch() {
    try (BufferPool pool = new BufferPool()) {
      BufferPool.Layout layout = pool.layout();
      List<INDArray> parts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        parts.add(layout.take(65_536));
      }
      long full = pool.bytes();
      for (int i : new int[] {0, 2, 1, 3}) {
        layout.release(parts.get(i));
      }
      layout.take(4 * 65_536);
      assertThat(pool.bytes()).isEqualTo(full);
    }
  }

  @Test
  void what_was_not_taken_cannot_be_given_back() {
    try (BufferPool pool = new BufferPool()) {
      INDArray array = pool.layout().take(10);
      assertThatThrownBy(() -> pool.layout().release(array))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_closed_pool_owns_nothing() {
    BufferPool pool = new BufferPool();
    pool.layout().take(100);
    assertThat(pool.bytes()).isPositive();
    pool.close();
    assertThat(pool.bytes()).isZero();
  }
}
