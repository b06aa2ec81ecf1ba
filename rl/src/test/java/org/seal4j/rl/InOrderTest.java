package org.seal4j.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class InOrderTest {

  @Test
  void results_come_out_in_order_and_as_soon_as_they_can() {
    Rng rng = Seeds.of(Long.getLong("seal.test.seed", 31)).child("orders").rng();
    for (int trial = 0; trial < 200; trial++) {
      int size = rng.nextInt(12);
      List<Integer> out = new ArrayList<>();
      boolean[] there = new boolean[size + 1];
      InOrder<Integer> order = new InOrder<>(size, out::add);
      for (int position : rng.permutation(size)) {
        order.put(position, position * 10);
        there[position] = true;
        int prefix = 0;
        while (there[prefix]) {
          prefix++;
        }
        assertThat(out).hasSize(prefix);
        assertThat(order.released()).isEqualTo(prefix);
      }
      for (int i = 0; i < size; i++) {
        assertThat(out.get(i)).isEqualTo(i * 10);
      }
    }
  }

  @Test
  void a_position_takes_one_result() {
    InOrder<String> order = new InOrder<>(3, text -> {});
    order.put(0, "a");
    order.put(2, "c");
    assertThatThrownBy(() -> order.put(0, "x")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> order.put(2, "x")).isInstanceOf(IllegalStateException.class);
  }
}
