package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.Reshape;
import org.seal4j.model.graph.Scale;

class PlanTest {

  @Test
  void only_what_the_outputs_need_is_bound() {
    Graph g = new Graph();
    SDVariable x = g.placeholder("x", DataType.FLOAT, 2, 3);
    SDVariable used = Scale.of(g, x, 2);
    SDVariable unused = Scale.of(g, x, 3);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(g, List.of(used), worker)) {
      assertThat(plan.size()).isEqualTo(1);
      assertThat(plan.has("x")).isTrue();
      assertThat(plan.has(unused.name())).isFalse();
      assertThatThrownBy(() -> plan.array(unused.name()))
          .hasMessageStartingWith("plan has no array " + unused.name());
    }
  }

  @Test
  void an_input_that_is_an_output_and_a_reshape_of_it_are_the_same_memory() {
    Graph g = new Graph();
    SDVariable x = g.placeholder("x", DataType.FLOAT, 2, 3);
    SDVariable flat = Reshape.of(g, x, 6);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(g, List.of(x, flat), worker)) {
      plan.array("x").putScalar(5, 4.0);
      plan.run();
      assertThat(plan.array(flat.name()).getDouble(5)).isEqualTo(4.0);
      assertThat(plan.size()).isZero();
    }
  }

  @Test
  void parameters_are_read_where_the_graph_declares_them() {
    INDArray shared = Nd4j.createFromArray(new float[] {1, 2});
    Graph g = new Graph();
    SDVariable w = g.parameter("w", shared, true);
    SDVariable y = Add.of(g, w, w);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(g, List.of(y), worker)) {
      shared.putScalar(1, 5);
      plan.run();
      assertThat(plan.array(y.name()).getDouble(1)).isEqualTo(10);
      assertThat(plan.array("w")).isSameAs(shared);
    }
  }

  @Test
  void a_profile_names_every_op_and_computes_the_same() {
    Graph g = new Graph();
    SDVariable x = g.placeholder("x", DataType.FLOAT, 3, 3);
    SDVariable y = Scale.of(g, MatMul.of(g, x, x, false, true), 2);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(g, List.of(y), worker)) {
      plan.array("x").assign(1.0);
      Map<String, Long> times = new LinkedHashMap<>();
      plan.profile(times, System::nanoTime);
      assertThat(times.keySet()).containsExactly("matmul", "seal_scale");
      assertThat(plan.array(y.name()).getDouble(4)).isEqualTo(6);
    }
  }

  @Test
  void a_closed_plan_refuses_to_run_and_leaves_parameters_alone() {
    INDArray shared = Nd4j.createFromArray(new float[] {1, 2});
    Graph g = new Graph();
    SDVariable y = Scale.of(g, g.parameter("w", shared, false), 2);
    try (Worker worker = new Worker()) {
      Plan plan = Plan.of(g, List.of(y), worker);
      INDArray out = plan.array(y.name());
      plan.close();
      plan.close();
      assertThat(out.wasClosed()).isTrue();
      assertThat(shared.wasClosed()).isFalse();
      assertThatThrownBy(plan::run).hasMessage("this plan is closed");
    }
  }
}
