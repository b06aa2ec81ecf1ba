package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.AdapterBank.Factors;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.kernel.Scratch;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.OptimizerSpec;

class AdapterOptimizerTest {
  private static final LoraConfig LORA =
      new LoraConfig(3, 6, false, new TargetModules("q_proj,lm_head"));

  @Test
  void one_adapter_is_updated_by_its_own_clipped_gradient_and_the_others_not_at_all() {
    OptimizerSpec config = OptimizerSpec.adamW(new AdamWConfig(0.9, 0.95, 1e-3, 0.1));
    double clip = 0.2;
    try (AdapterBank bank = TinyModels.noisyBank(3, LORA, Seeds.of(2));
        AdapterBank gradients = TinyModels.noisyBank(3, LORA, Seeds.of(3));
        AdapterOptimizer optimizer = new AdapterOptimizer(bank, config)) {
      // The neighbours' gradients are far larger: they must not count in adapter 1's norm.
      grow(gradients, 0);
      grow(gradients, 2);
      double[] w = flat(bank, 1);
      double[] g = flat(gradients, 1);
      double norm = norm(g);
      assertThat(norm).isGreaterThan(2 * clip);
      byte[] first = TinyModels.bytes(TinyModels.single(bank, 0));
      byte[] third = TinyModels.bytes(TinyModels.single(bank, 2));
      optimizer.update(1, views(gradients), 0.01, clip, 1, new Scratch());
      optimizer.update(1, views(gradients), 0.005, 1e9, 2, new Scratch());
      double[] updated = flat(bank, 1);
      for (int i = 0; i < w.length; i++) {
        double m = 0.1 * g[i] * clip / norm;
        double v = 0.05 * Math.pow(g[i] * clip / norm, 2);
        double expected = w[i] - 0.01 * (m / 0.1 / (Math.sqrt(v / 0.05) + 1e-3) + 0.1 * w[i]);
        m = 0.9 * m + 0.1 * g[i];
        v = 0.95 * v + 0.05 * g[i] * g[i];
        double second = m / (1 - 0.81) / (Math.sqrt(v / (1 - 0.9025)) + 1e-3);
        expected -= 0.005 * (second + 0.1 * expected);
        assertThat(updated[i]).isCloseTo(expected, offset(1e-6));
      }
      assertThat(TinyModels.bytes(TinyModels.single(bank, 0))).isEqualTo(first);
      assertThat(TinyModels.bytes(TinyModels.single(bank, 2))).isEqualTo(third);
    }
  }

  @Test
  void after_a_reset_it_remembers_nothing() {
    OptimizerSpec config = OptimizerSpec.ADAMW;
    try (AdapterBank bank = TinyModels.noisyBank(2, LORA, Seeds.of(2));
        AdapterBank same = TinyModels.noisyBank(2, LORA, Seeds.of(2));
        AdapterBank gradients = TinyModels.noisyBank(2, LORA, Seeds.of(3));
        AdapterOptimizer used = new AdapterOptimizer(bank, config);
        AdapterOptimizer fresh = new AdapterOptimizer(same, config)) {
      used.update(0, views(gradients), 0, 1, 1, new Scratch());
      used.reset();
      used.update(0, views(gradients), 0.01, 1, 1, new Scratch());
      fresh.update(0, views(gradients), 0.01, 1, 1, new Scratch());
      assertThat(TinyModels.bytes(TinyModels.single(bank, 0)))
          .isEqualTo(TinyModels.bytes(TinyModels.single(same, 0)));
    }
  }

  private static void grow(AdapterBank bank, int adapter) {
    Rng rng = Seeds.of(4).rng();
    for (Factors f : bank.factors().values()) {
      f.b().putScalar(new long[] {adapter, 1, 1}, 100 + rng.nextDouble());
    }
  }

  private static List<Tensor> views(AdapterBank bank) {
    List<Tensor> views = new ArrayList<>();
    for (Factors f : bank.factors().values()) {
      views.add(Tensors.of(f.a()));
      views.add(Tensors.of(f.b()));
    }
    return views;
  }

  private static double[] flat(AdapterBank bank, int adapter) {
    List<Double> all = new ArrayList<>();
    for (Factors f : TinyModels.single(bank, adapter).factors().values()) {
      for (INDArray x : List.of(f.a(), f.b())) {
        for (float value : x.reshape(-1).toFloatVector()) {
          all.add((double) value);
        }
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double norm(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
