package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

class WholeModelTest {
  /** Rounding of two layers forward and back, in relation to the largest element. */
  private static final double TOLERANCE = 1e-4;

  static Stream<Named<ModelConfig>> models() {
    return Stream.of(
        Named.of("everything", StepCase.EVERYTHING),
        Named.of("plain", StepCase.PLAIN),
        Named.of("families", StepCase.FAMILIES),
        Named.of("gemma 2", StepCase.GEMMA2),
        Named.of("gemma 3", StepCase.GEMMA3));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("models")
  void a_training_step_matches_its_stock_twins(ModelConfig config) {
    try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker()) {
      for (int time : new int[] {1, 5, 17}) {
        StepCase step = StepCase.of(weights, name -> true, 2, time);
        Map<String, INDArray> fused = run(step, worker);
        Map<String, INDArray> bound = step.run(StockPlan.of(step.graph, step.outputs, worker));
        SameDiff sd = StockGraph.of(step.graph, step.outputs);
        Map<String, INDArray> stock = sd.output(step.values, List.copyOf(fused.keySet()));
        fused.forEach(
            (name, array) -> {
              TwinCheck.assertClose("fused " + name, array, stock.get(name), TOLERANCE);
              TwinCheck.assertClose("bound " + name, bound.get(name), stock.get(name), TOLERANCE);
            });
      }
    }
  }

  @Test
  @Tag("slow")
  void the_same_graph_has_the_same_bits_in_every_plan_worker_and_thread() throws Exception {
    try (Weights weights = Weights.random(StepCase.EVERYTHING, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker();
        Workers workers = new Workers(2)) {
      Map<String, INDArray> expected = run(StepCase.of(weights, name -> true, 3, 11), worker);
      List<Map<String, INDArray>> got = new ArrayList<>();
      workers.run(
          12,
          (index, own) -> {
            Map<String, INDArray> copies = run(StepCase.of(weights, name -> true, 3, 11), own);
            synchronized (got) {
              got.add(copies);
            }
          });
      assertThat(got).hasSize(12);
      for (Map<String, INDArray> copies : got) {
        expected.forEach(
            (name, array) ->
                assertThat(Run.bits(copies.get(name))).as(name).isEqualTo(Run.bits(array)));
      }
    }
  }

  @Test
  @Tag("slow")
  void a_plan_has_the_same_bits_in_every_run() {
    try (Weights weights = Weights.random(StepCase.PLAIN, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker()) {
      StepCase step = StepCase.of(weights, name -> true, 2, 9);
      Map<String, INDArray> expected = run(step, worker);
      try (Plan plan = Plan.of(step.graph, step.outputs, worker)) {
        step.values.forEach((name, value) -> plan.assign(name, value));
        for (int i = 0; i < 500; i++) {
          plan.run();
        }
        expected.forEach(
            (name, array) ->
                assertThat(Run.bits(plan.array(name))).as(name).isEqualTo(Run.bits(array)));
      }
    }
  }

  /**
   * Attention, norms and losses give padded batches the same bits; the matrix products do not
   * promise it, since BLAS picks its kernels by the number of rows. What padding changes is
   * rounding alone.
   */
  @ParameterizedTest
  @MethodSource("models")
  @Tag("slow")
  void padding_changes_neither_loss_nor_gradients(ModelConfig config) {
    try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker()) {
      StepCase exact = StepCase.of(weights, name -> true, 2, 11);
      StepCase padded = StepCase.of(weights, name -> true, 2, 16);
      padded.fill(config, 2, 16, 11);
      Map<String, INDArray> expected = run(exact, worker);
      Map<String, INDArray> got = run(padded, worker);
      for (int i = 0; i < exact.outputs.size(); i++) {
        SDVariable output = exact.outputs.get(i);
        if (!output.name().equals("logits")) {
          INDArray other = got.get(padded.outputs.get(i).name());
          TwinCheck.assertClose(output.name(), other, expected.get(output.name()), 1e-6);
        }
      }
      for (int b = 0; b < 2; b++) {
        for (int t = 0; t < 11; t++) {
          INDArray row = expected.get("logits").getRow(b * 11 + t);
          TwinCheck.assertClose("logits", got.get("logits").getRow(b * 16 + t), row, 1e-6);
        }
      }
    }
  }

  private static Map<String, INDArray> run(StepCase step, Worker worker) {
    return step.run(Plan.of(step.graph, step.outputs, worker));
  }
}
