package org.seal4j.lora.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;

class AdapterSlotsTest {
  private static final Seeds SEEDS = TestSeeds.of("adapter slots", 18);
  private static final LoraConfig LORA = new LoraConfig(3, 6, false, TargetModules.allLinear());

  private static ServedAdapter adapter(String name) {
    return ServingBench.adapter(name, TinyModels.CONFIG, LORA, SEEDS);
  }

  @Test
  void the_one_used_longest_ago_makes_room_and_never_one_in_use() {
    try (Weights weights = TinyModels.weights(3);
        AdapterSlots slots = new AdapterSlots(weights, null, 2, 8)) {
      int a = slots.take(adapter("a")).getAsInt();
      int b = slots.take(adapter("b")).getAsInt();
      assertThat(b).isNotEqualTo(a);
      assertThat(slots.take(adapter("c"))).isEqualTo(OptionalInt.empty());
      assertThat(slots.take(adapter("a"))).isEqualTo(OptionalInt.of(a));
      slots.release(a);
      assertThat(slots.take(adapter("c"))).as("a has another user").isEqualTo(OptionalInt.empty());
      slots.release(b);
      slots.release(a);
      assertThat(slots.take(adapter("c"))).as("a was used after b").isEqualTo(OptionalInt.of(b));
      assertThat(slots.take(adapter("a"))).as("a lies there still").isEqualTo(OptionalInt.of(a));
      assertThat(slots.swaps()).isEqualTo(3);
      assertThat(slots.held()).isEqualTo(2);
    }
  }

  @Test
  void plans_are_made_anew_for_another_shape_alone() {
    LoraConfig wider = new LoraConfig(4, 6, false, TargetModules.allLinear());
    LoraConfig narrower = new LoraConfig(2, 6, false, new TargetModules("q_proj"));
    try (Weights weights = TinyModels.weights(3);
        AdapterSlots slots = new AdapterSlots(weights, null, 1, 8)) {
      int place = slots.take(adapter("a")).getAsInt();
      int writing = slots.writingVersion();
      int reading = slots.readingForm(place);
      slots.release(place);
      slots.take(adapter("b"));
      assertThat(slots.writingVersion()).isEqualTo(writing);
      assertThat(slots.readingForm(place)).isEqualTo(reading);
      slots.release(place);
      slots.take(ServingBench.adapter("narrow", TinyModels.CONFIG, narrower, SEEDS));
      assertThat(slots.writingVersion()).isEqualTo(writing);
      assertThat(slots.readingForm(place)).isNotEqualTo(reading);
      assertThat(slots.hasForm(reading)).as("one form at a time").isFalse();
      slots.release(place);
      slots.take(ServingBench.adapter("wide", TinyModels.CONFIG, wider, SEEDS));
      assertThat(slots.writingVersion()).isEqualTo(writing + 1);
    }
  }
}
