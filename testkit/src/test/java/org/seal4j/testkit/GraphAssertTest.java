package org.seal4j.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.MatMul;

class GraphAssertTest {
  private final Graph graph = new Graph();

  private GraphAssert product() {
    SDVariable a = graph.placeholder("a", DataType.FLOAT, 2, 3);
    SDVariable b = graph.placeholder("b", DataType.FLOAT, 3, 4);
    graph.placeholder("c", DataType.FLOAT, 4);
    graph.name(MatMul.of(graph, a, b, false, false), "ab");
    return GraphAssert.assertThat(graph);
  }

  @Test
  void what_is_in_a_graph_passes() {
    product().hasNode("a").hasShape("ab", 2, 4).hasGradient("ab", "a", "b");
  }

  @Test
  void a_missing_node_a_wrong_shape_and_a_missing_gradient_are_named() {
    GraphAssert graph = product();
    assertThatThrownBy(() -> graph.hasNode("x"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected a variable x but the graph has [a, ab, b, c]");
    assertThatThrownBy(() -> graph.hasShape("ab", 4, 2))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected ab to have shape [4, 2] but it has [2, 4]");
    assertThatThrownBy(() -> graph.hasGradient("ab", "c"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected a gradient of ab by [c] but:");
    assertThatThrownBy(() -> graph.hasOps("seal_rope", 1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected 1 ops seal_rope but there are 0 among");
  }
}
