package org.seal4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.TrainingMemory;

class WeightsMemoryTest {
  @Test
  void a_model_too_large_for_the_process_says_what_it_takes_and_how_to_allow_it() {
    ModelConfig large = ModelConfig.small(1 << 20, 4096, 1, 32, 16);
    assertThatThrownBy(() -> Weights.zeros(large).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("weights take 32.3 GiB")
        .hasMessageContaining("maxphysicalbytes=");
  }

  @Test
  void the_memory_of_a_model_is_counted_without_a_list_of_its_layers() {
    ModelConfig small = ModelConfig.small(50, 16, 3, 2, 24).withPairPositions(7, 100);
    try (Weights weights = Weights.zeros(small)) {
      assertThat(MemoryNeed.parameters(small)).isEqualTo(weights.parameterCount());
    }
    ModelConfig endless = ModelConfig.small(50, 16, 100_000_000, 2, 24);
    assertThatThrownBy(() -> Weights.zeros(endless).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("weights take 823 GiB");
  }

  @Test
  void a_training_needs_more_than_its_weights_and_more_for_larger_batches() {
    ModelConfig small = ModelConfig.small(50, 16, 3, 2, 24);
    double weights = MemoryNeed.ofWeights(small).bytes();
    double one = TrainingMemory.of(small, List.of(new BatchShape(1, 8))).bytes();
    double two =
        TrainingMemory.of(small, List.of(new BatchShape(1, 8), new BatchShape(1, 8))).bytes();
    assertThat(one).isGreaterThan(3 * weights);
    assertThat(two - one).isGreaterThan(weights);
  }
}
