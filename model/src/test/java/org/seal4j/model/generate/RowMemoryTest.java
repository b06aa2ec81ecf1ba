package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.generate.RowMemory.Region;
import org.seal4j.model.testing.TinyModels;

class RowMemoryTest {
  private static final ModelConfig CONFIG = ModelConfig.small(17, 16, 3, 2, 24);

  @Test
  void regions_never_overlap_and_all_of_the_memory_comes_back() {
    Rng rng = TinyModels.seeds("row memory").rng();
    RowMemory memory = new RowMemory(CONFIG, 1000);
    assertThat(memory.tokens()).isEqualTo(960);
    List<Region> taken = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      int length = 1 + rng.nextInt(300);
      boolean room = memory.hasRoom(length);
      Region region = rng.nextInt(2) == 0 ? memory.take(length) : null;
      if (region != null) {
        assertThat(room).isTrue();
        assertThat(region.capacity()).isGreaterThanOrEqualTo(length);
        assertThat(region.offset() + region.capacity()).isLessThanOrEqualTo(960);
        for (Region other : taken) {
          assertThat(
                  region.offset() + region.capacity() <= other.offset()
                      || other.offset() + other.capacity() <= region.offset())
              .isTrue();
        }
        taken.add(region);
      } else if (!taken.isEmpty()) {
        memory.free(taken.remove(rng.nextInt(taken.size())));
      }
    }
    taken.forEach(memory::free);
    assertThat(memory.take(960)).isEqualTo(new Region(0, 960));
  }

  @Test
  void a_copy_goes_to_any_place_of_any_region_bit_for_bit() {
    Rng rng = TinyModels.seeds("row copies").rng();
    RowMemory memory = new RowMemory(CONFIG, 640);
    Region one = memory.take(100);
    Region two = memory.take(300);
    float[] numbers = new float[Math.toIntExact(memory.copied(33))];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) rng.nextGaussian();
    }
    memory.put(one, 60, numbers);
    assertThat(memory.copy(one, 60, 33)).isEqualTo(numbers);
    float[] part = memory.copy(one, 64, 16);
    memory.put(two, 250, numbers);
    memory.put(two, 7, part);
    assertThat(memory.copy(two, 250, 33)).isEqualTo(numbers);
    assertThat(memory.copy(two, 254, 16)).isEqualTo(part);
    assertThat(memory.copy(one, 60, 33)).isEqualTo(numbers);
  }

  @Test
  void a_cache_that_cannot_be_is_refused() {
    assertThatThrownBy(() -> new RowMemory(CONFIG, 63))
        .isInstanceOf(InputException.class)
        .hasMessage("the cache must hold 64 tokens at least but got 63");
    assertThatThrownBy(() -> new RowMemory(CONFIG, Integer.MAX_VALUE - 100))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("take fewer");
  }
}
