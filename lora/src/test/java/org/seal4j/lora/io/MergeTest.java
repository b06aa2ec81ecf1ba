package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;

class MergeTest {
  private static final LoraConfig LORA =
      new LoraConfig(3, 6, false, TargetModules.allLinearAndHead());

  @Test
  void merged_weights_give_the_logits_of_the_adapter() {
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(4, LORA, Seeds.of(2))) {
      float[] base = TinyModels.logits(weights, null);
      for (int adapter : new int[] {0, 2, 3}) {
        float[] adapted = TinyModels.logits(weights, TinyModels.single(bank, adapter));
        try (MergedAdapter merged = Merge.merge(weights, bank, adapter)) {
          float[] logits = TinyModels.logits(weights, null);
          assertThat(TinyModels.largestDifference(adapted, base)).isGreaterThan(0.1);
          assertThat(TinyModels.largestDifference(logits, adapted)).isLessThan(1e-5);
          merged.unmerge();
        }
      }
    }
  }

  @Test
  void unmerging_gives_back_every_bit() {
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(2, LORA, Seeds.of(2))) {
      String before = weights.sha256();
      MergedAdapter merged = Merge.merge(weights, bank, 1);
      assertThat(weights.sha256()).isNotEqualTo(before);
      merged.unmerge();
      assertThat(weights.sha256()).isEqualTo(before);
      assertThatThrownBy(merged::unmerge).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_closed_merge_stays() {
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(1, LORA, Seeds.of(2))) {
      MergedAdapter merged = Merge.merge(weights, bank, 0);
      String after = weights.sha256();
      merged.close();
      merged.close();
      assertThat(weights.sha256()).isEqualTo(after);
    }
  }

  @Test
  void only_targeted_weights_are_touched() {
    LoraConfig lora = new LoraConfig(2, 4, false, new TargetModules("q_proj,down_proj"));
    try (Weights weights = TinyModels.weights(1);
        Weights before = weights.copy();
        AdapterBank bank = TinyModels.noisyBank(1, lora, Seeds.of(2))) {
      Merge.merge(weights, bank, 0).close();
      for (Map.Entry<String, INDArray> named : weights.arrays().entrySet()) {
        String name = named.getKey();
        boolean targeted = name.contains("q_proj.weight") || name.contains("down_proj.weight");
        assertThat(named.getValue().equals(before.get(name))).as(name).isEqualTo(!targeted);
      }
    }
  }

  @Test
  void each_weight_grows_by_the_scaled_product() {
    try (Weights weights = TinyModels.weights(1);
        Weights before = weights.copy();
        AdapterBank bank = TinyModels.noisyBank(3, LORA, Seeds.of(2))) {
      Merge.merge(weights, bank, 2).close();
      AdapterBank.Factors f = bank.factors().get("model.layers.1.mlp.up_proj");
      String name = "model.layers.1.mlp.up_proj.weight";
      for (int o : new int[] {0, 5, 18}) {
        for (int i : new int[] {0, 7, 11}) {
          double sum = 0;
          for (int r = 0; r < 3; r++) {
            sum += f.a().getDouble(2, i, r) * f.b().getDouble(2, r, o);
          }
          assertThat(weights.get(name).getDouble(o, i))
              .isCloseTo(before.get(name).getDouble(o, i) + 2 * sum, offset(1e-6));
        }
      }
    }
  }

  @Test
  void half_an_adapter_moves_each_weight_half_as_far_and_none_of_it_not_at_all() {
    try (Weights half = TinyModels.weights(1);
        Weights whole = TinyModels.weights(1);
        Weights before = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(1, LORA, Seeds.of(2))) {
      Merge.merge(half, bank, 0, 0).close();
      assertThat(half.sha256()).isEqualTo(before.sha256());
      Merge.merge(half, bank, 0, 0.5).close();
      Merge.merge(whole, bank, 0, 1).close();
      String name = "model.layers.0.self_attn.q_proj.weight";
      for (int i = 0; i < 12; i++) {
        double start = before.get(name).getDouble(3, i);
        assertThat(half.get(name).getDouble(3, i) - start)
            .isCloseTo((whole.get(name).getDouble(3, i) - start) / 2, offset(1e-6));
      }
      assertThatThrownBy(() -> Merge.merge(half, bank, 0, Double.NaN))
          .hasMessageContaining("scale of a merge must be finite");
    }
  }

  @Test
  void a_tied_head_and_an_adapter_that_is_not_there_are_refused() {
    try (Weights tied = TinyModels.tiedWeights(1);
        AdapterBank head = TinyModels.noisyBank(1, LORA, Seeds.of(2))) {
      String before = tied.sha256();
      assertThatThrownBy(() -> Merge.merge(tied, head, 0))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("tied head")
          .hasMessageContaining("embedding");
      assertThatThrownBy(() -> Merge.merge(tied, head, 1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no adapter 1 in a bank of 1");
      assertThat(tied.sha256()).isEqualTo(before);
    }
  }

  @Test
  void a_diverged_adapter_is_refused_before_a_weight_is_touched() {
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(2, LORA, Seeds.of(2))) {
      bank.factors().get("lm_head").b().putScalar(new long[] {1, 2, 3}, Float.NaN);
      String before = weights.sha256();
      assertThatThrownBy(() -> Merge.merge(weights, bank, 1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("adapter 1 is not finite at lm_head")
          .hasMessageContaining("learning rate");
      assertThat(weights.sha256()).isEqualTo(before);
      Merge.merge(weights, bank, 0).unmerge();
      assertThat(weights.sha256()).isEqualTo(before);
    }
  }
}
