package org.seal4j.lora.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  @Test
  void callers_take_turns_each_in_its_own_order() {
    FairQueue<String> queue = new FairQueue<>();
    for (String item : List.of("a1", "a2", "a3", "b1", "c1", "c2")) {
      queue.add(item.charAt(0), item);
    }
    List<String> order = new ArrayList<>();
    order.add(queue.take());
    queue.add('d', "d1");
    while (queue.size() > 0) {
      assertThat(queue.peek()).isNotNull();
      order.add(queue.take());
    }
    assertThat(order).containsExactly("a1", "b1", "c1", "a2", "d1", "c2", "a3");
    assertThat(queue.peek()).isNull();
  }

  @Test
  void what_is_taken_out_before_its_turn_leaves_the_others_in_order() {
    FairQueue<String> queue = new FairQueue<>();
    for (String item : List.of("a1", "a2", "b1")) {
      queue.add(item.charAt(0), item);
    }
    assertThat(queue.remove('a', "a1")).isTrue();
    assertThat(queue.remove('a', "a1")).isFalse();
    assertThat(queue.remove('b', "b1")).isTrue();
    assertThat(queue.remove('x', "b1")).isFalse();
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.take()).isEqualTo("a2");
  }
}
