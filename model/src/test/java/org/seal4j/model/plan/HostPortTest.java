package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.graph.Embedding;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.Scale;

/** Numbers cross between Java and an executable through its ports, and nowhere else. */
class HostPortTest {
  private final Graph graph = new Graph();
  private final SDVariable table = graph.placeholder("table", DataType.FLOAT, 5, 3);
  private final SDVariable ids = graph.placeholder("ids", DataType.INT32, 2);
  private final SDVariable y = Scale.of(graph, Embedding.of(graph, table, ids), 10);

  @ParameterizedTest
  @EnumSource(Engine.class)
  void inputs_are_sent_before_each_run_and_outputs_fetched_as_far_as_is_asked(Engine engine) {
    for (boolean hidden : new boolean[] {false, true}) {
      try (Worker worker = hidden ? Worker.hiding(engine) : new Worker(engine);
          Executable plan = worker.executable(graph, List.of(y))) {
        fill(plan);
        plan.run();
        float[] row = new float[3];
        plan.port(y.name()).get(3, row);
        assertThat(row).containsExactly(30, 40, 50);
        assertThat(plan.port(y.name()).number(1)).isEqualTo(130);
        plan.port("ids").ints().put(1, 0);
        plan.run();
        float[] all = new float[6];
        plan.port(y.name()).get().f().get(0, all);
        assertThat(all).containsExactly(120, 130, 140, 0, 10, 20);
      }
    }
  }

  private static void fill(Executable plan) {
    for (int i = 0; i < 15; i++) {
      plan.port("table").floats().put(i, i);
    }
    plan.port("ids").ints().put(0, 4).put(1, 1);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void what_is_assigned_past_a_port_counts_as_well(Engine engine) {
    try (Worker worker = Worker.hiding(engine);
        Executable plan = worker.executable(graph, List.of(y));
        INDArray ones = Nd4j.ones(DataType.FLOAT, 5, 3);
        INDArray zeros = Nd4j.createFromArray(0, 0)) {
      fill(plan);
      plan.assign("table", ones);
      plan.assign("ids", zeros);
      plan.run();
      assertThat(plan.port(y.name()).number(5)).isEqualTo(10);
    }
  }

  @Test
  void where_arrays_are_hidden_a_read_outside_the_port_is_no_number_and_a_write_is_lost() {
    try (Worker worker = Worker.hiding(Engine.STOCK);
        Executable plan = worker.executable(graph, List.of(y))) {
      fill(plan);
      Tensors.of(plan.array("table")).f().put(12, -1f);
      plan.run();
      assertThat(plan.port(y.name()).number(0)).isEqualTo(120);
      assertThat(Tensors.of(plan.array(y.name())).f().get(0)).isNaN();
      assertThat(plan.array(y.name()).getFloat(0, 0)).isNaN();
    }
  }

  @Test
  void on_the_processor_a_port_is_the_memory_itself() {
    try (Worker worker = new Worker(Engine.STOCK);
        Executable plan = worker.executable(graph, List.of(y))) {
      fill(plan);
      assertThat(plan.array("table").getFloat(4, 2)).isEqualTo(14);
      plan.run();
      assertThat(plan.array(y.name()).getFloat(1, 2)).isEqualTo(50);
    }
  }
}
