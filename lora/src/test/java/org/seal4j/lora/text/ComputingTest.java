package org.seal4j.lora.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Engine;

class ComputingTest {
  private static final ModelConfig SMALL = ModelConfig.small(100, 16, 2, 2, 24);

  /** 1.7 GiB in its linear modules. */
  private static final ModelConfig LARGE = ModelConfig.small(50_000, 1024, 24, 16, 4096);

  @Test
  void a_small_copy_is_made_without_being_asked_for() {
    Computing open = new Computing(Engine.KERNELS, null);
    assertThat(open.weights(SMALL)).isEqualTo(WeightForm.PACKED);
    assertThat(open.weights(LARGE)).isEqualTo(WeightForm.FLOAT32);
    assertThat(new Computing(Engine.STOCK, null).weights(SMALL)).isEqualTo(WeightForm.FLOAT32);
  }

  @Test
  void what_is_asked_for_is_made_whatever_its_size() {
    Computing packed = Computing.with(WeightForm.PACKED);
    assertThat(packed.weights(LARGE)).isEqualTo(WeightForm.PACKED);
    assertThat(Computing.usual().weights(SMALL)).isEqualTo(WeightForm.FLOAT32);
  }

  @Test
  void stock_ops_read_no_copies() {
    assertThatThrownBy(() -> new Computing(Engine.STOCK, WeightForm.INT8))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--weights int8");
  }
}
