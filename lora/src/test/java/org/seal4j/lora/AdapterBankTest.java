package org.seal4j.lora;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank.Factors;
import org.seal4j.lora.TinyModels.Adapted;

class AdapterBankTest {
  private static final LoraConfig LORA =
      new LoraConfig(3, 6, false, TargetModules.allLinearAndHead());

  @Test
  void a_fresh_adapter_depends_on_its_seeds_and_not_on_its_place() {
    try (AdapterBank three = new AdapterBank(3, TinyModels.CONFIG, LORA);
        AdapterBank one = new AdapterBank(1, TinyModels.CONFIG, LORA)) {
      three.initialise(2, Seeds.of(5));
      three.initialise(0, Seeds.of(6));
      one.initialise(0, Seeds.of(5));
      Adapted expected = TinyModels.single(one, 0);
      assertThat(TinyModels.bytes(TinyModels.single(three, 2)))
          .isEqualTo(TinyModels.bytes(expected));
      assertThat(TinyModels.bytes(TinyModels.single(three, 0)))
          .isNotEqualTo(TinyModels.bytes(expected));
      assertThat(three.factors().get("lm_head").a().getDouble(1, 4, 2)).isZero();
    }
  }

  @Test
  void a_is_uniform_below_the_root_of_its_width_and_b_is_zero() {
    try (AdapterBank bank = TinyModels.noisyBank(2, LORA, Seeds.of(1))) {
      bank.initialise(1, Seeds.of(5));
      for (Factors f : TinyModels.single(bank, 1).factors().values()) {
        double bound = 1 / Math.sqrt(f.a().size(1));
        assertThat(f.a().maxNumber().doubleValue()).isBetween(0.5 * bound, bound);
        assertThat(f.a().minNumber().doubleValue()).isBetween(-bound, -0.5 * bound);
        assertThat(Math.abs(f.a().meanNumber().doubleValue())).isLessThan(0.35 * bound);
        assertThat(f.b().amaxNumber().doubleValue()).isZero();
      }
    }
  }

  @Test
  void a_prefix_shares_the_memory_of_the_bank() {
    try (AdapterBank bank = TinyModels.noisyBank(3, LORA, Seeds.of(1))) {
      INDArray whole = bank.factors().get("lm_head").a();
      INDArray first = bank.prefix(1).get("lm_head").a();
      INDArray all = bank.prefix(3).get("lm_head").a();
      assertThat(first.shape()).containsExactly(1, 12, 3);
      whole.putScalar(new long[] {0, 11, 2}, 42);
      assertThat(first.getDouble(0, 11, 2)).isEqualTo(42);
      assertThat(all).isSameAs(whole);
    }
  }
}
