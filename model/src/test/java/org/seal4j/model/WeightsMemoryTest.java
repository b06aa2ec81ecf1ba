package org.seal4j.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

class WeightsMemoryTest {
  @Test
  void a_model_too_large_for_the_process_says_what_it_takes_and_how_to_allow_it() {
    ModelConfig large = ModelConfig.small(1 << 20, 4096, 1, 32, 16);
    assertThatThrownBy(() -> Weights.zeros(large).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("weights take 33025 MiB")
        .hasMessageContaining("maxphysicalbytes=");
  }
}
