package org.example.graph;

import static org.seal4j.testkit.GraphAssert.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.GradientCheck;
import org.seal4j.model.testing.TwinCheck;

class GeGluTest {
  private final Bench bench = new Bench("geglu", 3, 5);
  private final SDVariable gate = bench.floats("gate", 3, 5);
  private final SDVariable up = bench.floats("up", 3, 5);
  private final SDVariable y = bench.graph().name(GeGlu.of(bench.graph(), gate, up), "y");

  @Test
  void the_node_has_a_shape_and_a_gradient_by_both_inputs() {
    assertThat(bench.graph())
        .hasNode("y")
        .hasShape("y", 3, 5)
        .hasOps("example_geglu", 1)
        .hasGradient("y", "gate", "up");
  }

  @Test
  void the_gradient_is_that_of_differences() {
    GradientCheck.of(bench, y);
  }

  @Test
  void kernel_and_stock_form_compute_the_same() {
    TwinCheck.of(bench, y);
  }
}
