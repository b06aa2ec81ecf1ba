package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.continual.Consolidation;
import org.seal4j.lora.continual.Fisher;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Score;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;

class ConsolidationTest {
  private static final List<TokenSequence> TEXTS = TinyTasks.sequences(3, 6, 11, Seeds.of(17));

  @Test
  void the_Fisher_information_is_the_mean_square_of_the_loss_by_each_weight() {
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        AdapterBank bank = new AdapterBank(1, TinyModels.CONFIG, TinyTasks.LORA);
        Fisher fisher = new Fisher(weights, bank.factors().keySet(), worker);
        Scorer scorer = new Scorer(weights, worker)) {
      Map<String, float[]> information = fisher.of(TEXTS);
      assertThat(information.keySet()).containsExactlyInAnyOrderElementsOf(bank.factors().keySet());
      double eps = 1e-2;
      information.forEach(
          (module, values) -> {
            Tensor weight = Tensors.of(weights.get(module + ".weight"));
            assertThat(values).hasSize(weight.length());
            for (int i : new int[] {1, weight.length() / 3, weight.length() - 2}) {
              float before = weight.f().get(i);
              weight.f().put(i, (float) (before + eps));
              double[] up = losses(scorer);
              weight.f().put(i, (float) (before - eps));
              double[] down = losses(scorer);
              weight.f().put(i, before);
              double expected = 0;
              for (int t = 0; t < up.length; t++) {
                double slope = (up[t] - down[t]) / (2 * eps);
                expected += slope * slope / up.length;
              }
              assertThat((double) values[i])
                  .as("%s, weight %d", module, i)
                  .isCloseTo(expected, offset(1e-4 + 0.02 * expected));
            }
          });
    }
  }

  private static double[] losses(Scorer scorer) {
    return scorer.score(TEXTS).stream().mapToDouble(Score::mean).toArray();
  }

  @Test
  void the_gradient_is_that_of_the_penalty_and_modules_without_information_are_free() {
    try (AdapterBank bank = TinyModels.noisyBank(1, TinyTasks.LORA, Seeds.of(2))) {
      Consolidation consolidation = new Consolidation(1.5);
      Rng rng = Seeds.of(5).rng();
      for (Map.Entry<String, AdapterBank.Factors> entry : bank.factors().entrySet()) {
        if (!entry.getKey().equals("lm_head")) {
          long in = entry.getValue().a().size(1);
          long out = entry.getValue().b().size(2);
          float[] values = new float[(int) (in * out)];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) rng.nextDouble() / 10;
          }
          consolidation.protect(Map.of(entry.getKey(), values));
        }
      }
      List<INDArray> gradients = KlAnchorTest.zeros(bank);
      assertThat(consolidation.add(0, bank, KlAnchorTest.tensors(gradients))).isPositive();
      KlAnchorTest.differences(bank, consolidation, 0, gradients, 0);
      assertThat(gradients.get(gradients.size() - 1).amaxNumber().doubleValue()).isZero();
    }
  }

  @Test
  void a_fresh_adapter_costs_nothing_and_protecting_twice_costs_twice() {
    try (AdapterBank fresh = new AdapterBank(1, TinyModels.CONFIG, TinyTasks.LORA);
        AdapterBank bank = TinyModels.noisyBank(1, TinyTasks.LORA, Seeds.of(2))) {
      fresh.initialise(0, Seeds.of(3));
      String module = "model.layers.0.mlp.up_proj";
      AdapterBank.Factors factors = bank.factors().get(module);
      float[] values = new float[(int) (factors.a().size(1) * factors.b().size(2))];
      Arrays.fill(values, 0.1f);
      Consolidation consolidation = new Consolidation(2);
      consolidation.protect(Map.of(module, values));
      assertThat(consolidation.add(0, fresh, KlAnchorTest.tensors(KlAnchorTest.zeros(fresh))))
          .isZero();
      double once = consolidation.add(0, bank, KlAnchorTest.tensors(KlAnchorTest.zeros(bank)));
      consolidation.protect(Map.of(module, values));
      double twice = consolidation.add(0, bank, KlAnchorTest.tensors(KlAnchorTest.zeros(bank)));
      assertThat(twice).isCloseTo(2 * once, offset(1e-6 * twice));
    }
  }
}
