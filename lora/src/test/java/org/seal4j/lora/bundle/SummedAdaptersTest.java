package org.seal4j.lora.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.io.Merge;
import org.seal4j.model.Weights;

/** Adapters that are summed do what they do one on the other. */
class SummedAdaptersTest {
  private static final Seeds SEEDS = TestSeeds.of("summed adapters", 73);

  private static List<AdapterBank> banks() {
    List<AdapterBank> banks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      // Ranks and scalings differ: 2 of 4, 3 of sqrt, 4 of 1.
      LoraConfig lora = new LoraConfig(2 + i, i == 2 ? 4 : 8, i == 1, TargetModules.allLinear());
      banks.add(TinyModels.noisyBank(1, lora, SEEDS.child("bank", i)));
    }
    return banks;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, -0.25})
  void the_sum_is_what_merging_one_after_the_other_gives(double weight) {
    List<AdapterBank> banks = banks();
    try (Weights one = TinyModels.weights(3);
        Weights all = TinyModels.weights(3);
        AdapterBank sum =
            SummedAdapters.of(TinyModels.CONFIG, banks, List.of(weight, weight, weight))) {
      assertThat(sum.config().rank()).isEqualTo(2 + 3 + 4);
      banks.forEach(bank -> Merge.merge(one, bank, 0, weight).close());
      Merge.merge(all, sum, 0).close();
      one.arrays()
          .forEach(
              (name, array) ->
                  assertThat(largestDifference(array, all.get(name))).as(name).isLessThan(2e-6));
    }
    banks.forEach(AdapterBank::close);
  }

  @Test
  void beside_the_weights_the_sum_does_what_it_does_merged() {
    List<AdapterBank> banks = banks();
    try (Weights weights = TinyModels.weights(3);
        AdapterBank sum = SummedAdapters.of(TinyModels.CONFIG, banks, List.of(1.0, 1.0, 1.0))) {
      float[] beside = TinyModels.logits(weights, TinyModels.single(sum, 0));
      float[] alone = TinyModels.logits(weights, null);
      Merge.merge(weights, sum, 0).close();
      float[] merged = TinyModels.logits(weights, null);
      assertThat(TinyModels.largestDifference(beside, merged)).isLessThan(1e-3);
      assertThat(TinyModels.largestDifference(beside, alone)).isGreaterThan(0.1);
    }
    banks.forEach(AdapterBank::close);
  }

  @Test
  void one_alone_keeps_every_bit() {
    AdapterBank bank = banks().get(0);
    try (AdapterBank sum = SummedAdapters.of(TinyModels.CONFIG, List.of(bank), List.of(1.0))) {
      assertThat(TinyModels.bytes(TinyModels.single(sum, 0)))
          .isEqualTo(TinyModels.bytes(TinyModels.single(bank, 0)));
    }
  }

  @Test
  void adapters_that_are_read_are_summed_alike() {
    List<AdapterBank> banks = banks();
    List<Supplier<AdapterBank>> reads = List.of(() -> banks().get(0), () -> banks().get(1));
    try (AdapterBank sum =
            SummedAdapters.of(TinyModels.CONFIG, banks.subList(0, 2), List.of(1.0, 0.5));
        AdapterBank read = SummedAdapters.read(TinyModels.CONFIG, reads, List.of(1.0, 0.5));
        AdapterBank half =
            SummedAdapters.read(TinyModels.CONFIG, reads.subList(0, 1), List.of(0.5))) {
      assertThat(TinyModels.bytes(TinyModels.single(read, 0)))
          .isEqualTo(TinyModels.bytes(TinyModels.single(sum, 0)));
      assertThat(TinyModels.bytes(TinyModels.single(half, 0)))
          .isNotEqualTo(TinyModels.bytes(TinyModels.single(banks.get(0), 0)));
    }
    AdapterBank alone = banks.get(2);
    try (AdapterBank read =
        SummedAdapters.read(TinyModels.CONFIG, List.of(() -> alone), List.of(1.0))) {
      assertThat(read).isSameAs(alone);
    }
  }

  @Test
  void adapters_of_other_modules_are_refused() {
    LoraConfig some = new LoraConfig(2, 4, false, new TargetModules("q_proj,v_proj"));
    try (AdapterBank few = TinyModels.noisyBank(1, some, SEEDS)) {
      assertThatThrownBy(
              () ->
                  SummedAdapters.of(
                      TinyModels.CONFIG, List.of(banks().get(0), few), List.of(1.0, 1.0)))
          .isInstanceOf(InputException.class)
          .hasMessage("adapters of different modules cannot be summed");
    }
  }

  private static double largestDifference(INDArray a, INDArray b) {
    return TinyModels.largestDifference(
        a.dup().reshape(-1).toFloatVector(), b.dup().reshape(-1).toFloatVector());
  }
}
