package org.seal4j.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

class LoraConfigTest {
  private static final TargetModules ALL = TargetModules.allLinear();

  @Test
  void the_scaling_is_alpha_by_rank_or_by_its_root() {
    assertThat(new LoraConfig(16, 32, false, ALL).scaling()).isEqualTo(2);
    assertThat(new LoraConfig(16, 32, true, ALL).scaling()).isEqualTo(8);
    assertThat(new LoraConfig(1, 3, true, ALL).scaling()).isEqualTo(3);
  }

  @Test
  void a_rank_or_alpha_that_means_nothing_is_refused() {
    assertThatThrownBy(() -> new LoraConfig(0, 16, false, ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rank must be >= 1 but was 0");
    assertThatThrownBy(() -> new LoraConfig(8, 0, false, ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("alpha must be > 0 but was 0.0");
    assertThatThrownBy(() -> new LoraConfig(8, Double.NaN, false, ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("alpha");
  }
}
