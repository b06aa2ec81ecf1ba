package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.CachedAttention;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.LowRankAdd;
import org.seal4j.model.graph.Reshape;
import org.seal4j.model.graph.Scale;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

class StockPlanTest {

  @Test
  @Tag("slow")
  void every_run_of_a_training_step_has_the_bits_of_a_session() {
    try (Weights weights = Weights.random(StepCase.EVERYTHING, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker()) {
      StepCase step = StepCase.of(weights, name -> true, 2, 7);
      List<String> names = step.outputs.stream().map(SDVariable::name).toList();
      Map<String, INDArray> session =
          StockGraph.of(step.graph, step.outputs).output(step.values, names);
      try (StockPlan plan = StockPlan.of(step.graph, step.outputs, worker)) {
        step.values.forEach((name, value) -> plan.assign(name, value));
        for (int i = 0; i < 3; i++) {
          plan.run();
          for (String name : names) {
            assertThat(Run.bits(plan.array(name))).isEqualTo(Run.bits(session.get(name)));
          }
        }
      }
    }
  }

  @Test
  void a_change_of_the_weights_is_seen_without_binding_again() {
    INDArray shared = Nd4j.createFromArray(new float[] {1, 2});
    Graph g = new Graph();
    SDVariable y = Scale.of(g, g.parameter("w", shared, true), 3);
    try (Worker worker = new Worker();
        StockPlan plan = StockPlan.of(g, List.of(y), worker)) {
      shared.putScalar(0, 5);
      plan.run();
      assertThat(plan.array(y.name()).getDouble(0)).isEqualTo(15);
      assertThat(plan.array("w")).isSameAs(shared);
    }
  }

  @Test
  void caches_are_copied_back_so_that_tokens_can_be_fed_one_by_one() {
    AttentionShape shape = new AttentionShape(4, 2, 6);
    Graph g = new Graph();
    SDVariable[] outputs =
        CachedAttention.of(
            g,
            List.of(
                g.placeholder("q", DataType.FLOAT, 2, 24),
                g.placeholder("k", DataType.FLOAT, 2, 12),
                g.placeholder("v", DataType.FLOAT, 2, 12),
                g.placeholder("cached_k", DataType.FLOAT, 2, 2, 2, 6, 16),
                g.placeholder("cached_v", DataType.FLOAT, 2, 2, 2, 16, 6),
                g.placeholder("start", DataType.INT32, 2)),
            shape);
    SDVariable flatKeys = Reshape.of(g, outputs[1], 2 * 32 * 12);
    List<SDVariable> asked = List.of(outputs[0], outputs[1], flatKeys);
    Rng rng = Seeds.of(1).rng();
    try (Worker worker = new Worker();
        Plan fused = Plan.of(g, asked, worker);
        StockPlan stock = StockPlan.of(g, asked, worker)) {
      for (int token = 0; token < 6; token++) {
        for (String name : List.of("q", "k", "v")) {
          INDArray array = fused.array(name);
          for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, (float) rng.nextGaussian());
          }
          stock.assign(name, array);
        }
        for (Executable plan : List.of(fused, stock)) {
          plan.assign("start", Nd4j.createFromArray(token, token + 13));
          plan.run();
        }
        for (String name : List.of("cached_k", "cached_v", flatKeys.name(), outputs[0].name())) {
          TwinCheck.assertClose(name, stock.array(name), fused.array(name), 1e-6);
        }
        assertThat(stock.array(outputs[1].name())).isEqualTo(stock.array("cached_k"));
      }
    }
  }

  @Test
  void a_computed_array_that_is_changed_in_place_outlives_the_ops_behind_it() {
    Graph g = new Graph();
    SDVariable x = g.placeholder("x", DataType.FLOAT, 4, 8);
    SDVariable a = g.placeholder("a", DataType.FLOAT, 1, 8, 2);
    SDVariable b = g.placeholder("b", DataType.FLOAT, 1, 2, 8);
    SDVariable sum = LowRankAdd.of(g, List.of(Scale.of(g, x, 2), x, a, b), 0.5);
    // Each takes a buffer of the sum's size before the sum is read.
    SDVariable other = Scale.of(g, Scale.of(g, Scale.of(g, x, 3), 5), 7);
    SDVariable y = Add.of(g, sum, other);
    try (Worker worker = new Worker();
        Plan fused = Plan.of(g, List.of(y), worker);
        StockPlan stock = StockPlan.of(g, List.of(y), worker)) {
      Rng rng = Seeds.of(1).rng();
      for (String name : List.of("x", "a", "b")) {
        INDArray array = fused.array(name);
        for (long i = 0; i < array.length(); i++) {
          array.putScalar(i, (float) rng.nextGaussian());
        }
        stock.assign(name, array);
      }
      fused.run();
      stock.run();
      TwinCheck.assertClose("sum", stock.array(y.name()), fused.array(y.name()), 1e-6);
    }
  }

  @Test
  void only_inputs_and_outputs_can_be_seen() {
    Graph g = new Graph();
    SDVariable between = Scale.of(g, g.placeholder("x", DataType.FLOAT, 2, 3), 2);
    SDVariable y = Scale.of(g, between, 2);
    try (Worker worker = new Worker();
        StockPlan plan = StockPlan.of(g, List.of(y), worker)) {
      assertThat(plan.has("x") && plan.has(y.name())).isTrue();
      assertThat(plan.has(between.name())).isFalse();
      assertThatThrownBy(() -> plan.array(between.name()))
          .hasMessage("plan has no array %s; did you mean %s?".formatted(between.name(), y.name()));
    }
  }

  @Test
  void a_closed_plan_refuses_to_run() {
    Graph g = new Graph();
    SDVariable y = Scale.of(g, g.placeholder("x", DataType.FLOAT, 2), 2);
    try (Worker worker = new Worker()) {
      StockPlan plan = StockPlan.of(g, List.of(y), worker);
      INDArray out = plan.array(y.name());
      plan.close();
      plan.close();
      assertThat(out.wasClosed()).isTrue();
      assertThatThrownBy(plan::run).hasMessage("this plan is closed");
    }
  }

  @Tag("slow")
  @Test
  void memory_stays_flat_over_many_plans_and_runs() {
    try (Weights weights = Weights.random(StepCase.PLAIN, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker()) {
      StepCase step = StepCase.of(weights, name -> true, 2, 6);
      List<Long> pool = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        try (StockPlan plan = StockPlan.of(step.graph, step.outputs, worker)) {
          step.values.forEach((name, value) -> plan.assign(name, value));
          for (int run = 0; run < 20; run++) {
            plan.run();
          }
        }
        pool.add(worker.buffers().bytes());
      }
      assertThat(pool.get(11)).isEqualTo(pool.get(2));
      System.gc();
      assertThat(Pointer.totalBytes()).isLessThan(32 << 20);
    }
  }
}
