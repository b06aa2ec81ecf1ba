package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.CausalLm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** The mean state of a text. */
class PooledStatesTest {
  private static final Seeds SEEDS = TinyModels.seeds("pooled states");

  static List<ModelConfig> configs() {
    return TinyModels.configs().stream()
        .filter(config -> config.pairPositions() == 0 && config.form().logitCap() == 0)
        .toList();
  }

  /** The head is linear, so what it makes of the mean is the mean of the logits. */
  @ParameterizedTest
  @MethodSource("configs")
  void the_head_makes_the_mean_logits_of_it(ModelConfig config) {
    int[] ids = TinyModels.sequence(config, 21, SEEDS.child("text").rng()).ids();
    try (Weights weights = TinyModels.weights(config, SEEDS);
        Worker worker = new Worker();
        PooledStates states = new PooledStates(weights, worker)) {
      float[] state = states.of(ids);
      assertThat(state).hasSize(config.dim());
      String head = config.tiedHead() ? "model.embed_tokens.weight" : "lm_head.weight";
      double[] expected = meanLogits(weights, ids, worker);
      for (int v = 0; v < config.vocabSize(); v++) {
        double sum = 0;
        for (int k = 0; k < state.length; k++) {
          sum += weights.get(head).getDouble(v, k) * state[k];
        }
        assertThat(sum).isCloseTo(expected[v], Texts.within(1e-4));
      }
    }
  }

  private static double[] meanLogits(Weights weights, int[] ids, Worker worker) {
    Graph graph = new Graph();
    SDVariable logits = CausalLm.of(graph, weights, name -> false).logits(1, ids.length);
    int size = weights.config().vocabSize();
    double[] mean = new double[size];
    try (Executable plan = worker.executable(graph, List.of(logits))) {
      BoundInputs inputs = new BoundInputs(plan);
      for (int i = 0; i < ids.length; i++) {
        inputs.put(i, ids[i], i, 0);
      }
      plan.run();
      float[] row = new float[size];
      for (int i = 0; i < ids.length; i++) {
        plan.port(logits.name()).get(i * size, row);
        for (int v = 0; v < size; v++) {
          mean[v] += row[v] / (double) ids.length;
        }
      }
    }
    return mean;
  }

  @Test
  void a_state_does_not_depend_on_what_was_read_before() {
    ModelConfig config = TinyModels.configs().get(1);
    Rng rng = SEEDS.child("others").rng();
    int[] ids = TinyModels.sequence(config, 5, rng).ids();
    try (Weights weights = TinyModels.weights(config, SEEDS);
        Worker worker = new Worker();
        PooledStates alone = new PooledStates(weights, worker);
        PooledStates busy = new PooledStates(weights, worker)) {
      for (int length : new int[] {1, 7, 16, 17, 40, 3}) {
        busy.of(TinyModels.sequence(config, length, rng).ids());
      }
      assertThat(busy.of(ids)).isEqualTo(alone.of(ids));
      assertThat(busy.of(Arrays.copyOf(ids, 4))).isNotEqualTo(alone.of(ids));
    }
  }

  @Test
  void no_token_and_an_unknown_one_are_refused() {
    ModelConfig config = TinyModels.configs().get(0);
    try (Weights weights = TinyModels.weights(config, SEEDS);
        Worker worker = new Worker();
        PooledStates states = new PooledStates(weights, worker)) {
      assertThatThrownBy(() -> states.of(new int[0]))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("a text without a token has no state");
      assertThatThrownBy(() -> states.of(new int[] {3, 999}))
          .hasMessage("token 1 has id 999 but the model's ids are 0 to 16");
    }
  }
}
