package org.seal4j.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.AddBias;
import org.seal4j.model.graph.CachedAttention;
import org.seal4j.model.graph.CausalAttention;
import org.seal4j.model.graph.CrossEntropy;
import org.seal4j.model.graph.Embedding;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.LowRankAdd;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.Reshape;
import org.seal4j.model.graph.RmsNorm;
import org.seal4j.model.graph.Rope;
import org.seal4j.model.graph.RopeConfig;
import org.seal4j.model.graph.Scale;
import org.seal4j.model.graph.SkinnyMatMul;
import org.seal4j.model.graph.SoftCrossEntropy;
import org.seal4j.model.graph.SwiGlu;
import org.seal4j.model.kernel.AttentionShape;

/** Mistakes while a graph is built, by a user who has the public types alone. */
class GraphTrapsTest {
  private final Graph graph = new Graph();
  private final SDVariable x = graph.placeholder("x", DataType.FLOAT, 2, 3);
  private final SDVariable row = graph.placeholder("row", DataType.FLOAT, 3);
  private final SDVariable ids = graph.placeholder("ids", DataType.INT32, 2);
  private final SDVariable numbers = graph.placeholder("numbers", DataType.FLOAT, 2);
  private final SDVariable w = graph.parameter("w", Nd4j.ones(DataType.FLOAT, 5), true);

  @Test
  void a_weight_of_rank_1_is_named_with_the_shape_that_it_must_have() {
    Refusal.says(
        "matmul: b must be float32 [l, 3] but is w float32 [5], beside x float32 [2, 3]",
        () -> MatMul.linear(graph, x, w, 1));
    Refusal.says(
        "matmul: b must be float32 [3, l] but is w float32 [5], beside x float32 [2, 3]",
        () -> MatMul.of(graph, x, w, false, false));
    Refusal.says(
        "matmul: a must be float32 [m, k] but is row float32 [3]",
        () -> MatMul.of(graph, row, w, false, false));
    Refusal.says(
        "embedding: table must be float32 [v, d] but is w float32 [5]",
        () -> Embedding.of(graph, w, ids));
    assertThat(graph.ops()).as("a refused op leaves no node").isEmpty();
  }

  @Test
  void every_op_names_the_input_that_does_not_fit() {
    AttentionShape one = new AttentionShape(1, 1, 3);
    RopeConfig rope = new RopeConfig(2, 100, false);
    SDVariable turned = graph.placeholder("turned", DataType.FLOAT, 3, 2);
    Refusal.says(
        "add_scaled: b must be float32 [2, 3] but is turned float32 [3, 2], beside x float32 [2,"
            + " 3]",
        () -> Add.of(graph, x, turned));
    Refusal.says(
        "add_bias: bias must be float32 [3] but is w float32 [5], beside x float32 [2, 3]",
        () -> AddBias.of(graph, x, w));
    Refusal.says(
        "rms_norm: x must be float32 [rows, d] but is row float32 [3]",
        () -> RmsNorm.of(graph, row, w, 1e-5));
    Refusal.says(
        "rope: x must be float32 [rows, heads*2] but is x float32 [2, 3]",
        () -> Rope.of(graph, x, ids, rope));
    Refusal.says(
        "swiglu: up must be float32 [2, 3] but is row float32 [3], beside x float32 [2, 3]",
        () -> SwiGlu.of(graph, x, row));
    Refusal.says(
        "causal_attention: query must be float32 [1*t, 3] but is row float32 [3]",
        () -> CausalAttention.of(graph, List.of(row, row, row), one, 1));
    Refusal.says(
        "causal_attention: query must be float32 [0*t, 3] but is x float32 [2, 3]",
        () -> CausalAttention.of(graph, List.of(x, x, x), one, 0));
    Refusal.says(
        "cached_attention: cached keys must be float32 [b, n, 1, 3, 16] but is x float32 [2, 3]",
        () -> CachedAttention.of(graph, List.of(x, x, x, x, x, ids), one));
    Refusal.says(
        "cross_entropy: logits must be float32 [1*m, v] but is row float32 [3]",
        () -> CrossEntropy.of(graph, List.of(row, ids, numbers), 1));
    Refusal.says(
        "cross_entropy takes logits, targets, weights but got 2 inputs",
        () -> CrossEntropy.of(graph, List.of(x, ids), 1));
    Refusal.says(
        "soft_cross_entropy: logits must be float32 [-1*m, v] but is x float32 [2, 3]",
        () -> SoftCrossEntropy.of(graph, List.of(x, x, numbers), -1));
    Refusal.says(
        "skinny_matmul: w must be float32 [n, 3] but is turned float32 [3, 2], beside x float32"
            + " [2, 3]",
        () -> SkinnyMatMul.of(graph, x, turned));
    Refusal.says(
        "low_rank_add: a must be float32 [n, 3, r] but is turned float32 [3, 2], beside x float32 [2,"
            + " 3], x float32 [2, 3]",
        () -> LowRankAdd.of(graph, List.of(x, x, turned, turned), 1));
    Refusal.says(
        "reshape: x float32 [2, 3] cannot be seen as [4, 2]", () -> Reshape.of(graph, x, 4, 2));
    Refusal.says(
        "reshape: x float32 [2, 3] cannot be seen as [-2, -3]", () -> Reshape.of(graph, x, -2, -3));
  }

  @Test
  void element_types_are_part_of_what_must_fit() {
    Refusal.says(
        "embedding: ids must be int32 [rows] but is numbers float32 [2]",
        () -> Embedding.of(graph, x, numbers));
    Refusal.says(
        "scale: x must be float32 [...] but is ids int32 [2]", () -> Scale.of(graph, ids, 2));
    Refusal.says(
        "cross_entropy: targets must be int32 [2] but is numbers float32 [2], beside x float32 [2,"
            + " 3]",
        () -> CrossEntropy.of(graph, List.of(x, numbers, numbers), 1));
    Refusal.says(
        "graph variable d must be float32 or int32 with at least one axis and sizes >= 1 but is float64 [2, 3]",
        () -> graph.placeholder("d", DataType.DOUBLE, 2, 3));
    Refusal.says(
        "graph parameter d must be float32 or int32 but its array is float64 [2, 3]; cast it with"
            + " castTo(DataType.FLOAT)",
        () -> graph.parameter("d", Nd4j.ones(DataType.DOUBLE, 2, 3), true));
    Refusal.says(
        "matmul: b must be float32 [l, 3] but is i int32 [4, 3], beside x float32 [2, 3]",
        () ->
            MatMul.linear(
                graph, x, graph.parameter("i", Nd4j.ones(DataType.INT32, 4, 3), false), 1));
  }

  @Test
  void arrays_that_kernels_would_read_in_another_order_are_refused() {
    INDArray turned = Nd4j.arange(6).castTo(DataType.FLOAT).reshape(2, 3).transpose();
    Refusal.says(
        "graph parameter t must be contiguous and row-major but its array float32 [3, 2] has"
            + " strides [1, 3]; copy it with dup('c')",
        () -> graph.parameter("t", turned, true));
    INDArray closed = Nd4j.ones(DataType.FLOAT, 2);
    closed.close();
    Refusal.says(
        "the array of graph parameter c is closed", () -> graph.parameter("c", closed, true));
  }

  @Test
  void names_are_given_once_and_unknown_ones_get_the_nearest() {
    INDArray array = graph.parameters().get("w");
    assertThat(graph.parameter("w", array, true)).isSameAs(w);
    Refusal.says(
        "graph parameter w is declared twice with two arrays, or once trainable and once frozen",
        () -> graph.parameter("w", array.dup(), true));
    Refusal.says(
        "graph parameter w is declared twice with two arrays, or once trainable and once frozen",
        () -> graph.parameter("w", array, false));
    Refusal.says(
        "graph variable x is declared twice", () -> graph.placeholder("x", DataType.FLOAT, 2));
    Refusal.says(
        "graph variable n must be float32 or int32 with at least one axis and sizes >= 1 but is float32 [-1, 3]",
        () -> graph.placeholder("n", DataType.FLOAT, -1, 3));
    Refusal.says(
        "graph variable n must be float32 or int32 with at least one axis and sizes >= 1 but is float32 []",
        () -> graph.placeholder("n", DataType.FLOAT));
    Refusal.says(
        "the graph has no variable numbres; did you mean numbers?",
        () -> graph.variable("numbres"));
    SDVariable y = Scale.of(graph, x, 2);
    Refusal.says("graph variable x is declared twice", () -> graph.name(y, "x"));
    assertThat(graph.shape(y)).as("a refused name changes nothing").containsExactly(2, 3);
    Refusal.says(
        "x float32 [2, 3] is an input: only what an op computes is renamed",
        () -> graph.name(x, "input"));
  }

  @Test
  void variables_of_other_graphs_and_of_SameDiff_alone_are_refused() {
    SDVariable twin = new Graph().placeholder("x", DataType.FLOAT, 7, 3);
    Refusal.says("variable x belongs to another graph", () -> Scale.of(graph, twin, 2));
    SDVariable exp = graph.sameDiff().math().exp(x);
    Refusal.says(
        "variable exp is made by SameDiff's own op, which no plan runs and nothing here"
            + " differentiates; use the ops of org.seal4j.model.graph, or extend GraphOp",
        () -> Scale.of(graph, exp, 2));
  }

  @Test
  void gradients_that_are_not_built_are_said_and_not_left_out() {
    SDVariable[] loss = CrossEntropy.of(graph, List.of(x, ids, numbers), 1);
    Refusal.says(
        "node seal_cross_entropy float32 [1] has no gradient by its input numbers float32 [2]",
        () -> Backprop.gradients(graph, loss[0], List.of(numbers)));
    Refusal.says(
        "node seal_cross_entropy float32 [1] has a gradient of its first output alone, but the loss"
            + " depends on output seal_cross_entropy:1 too",
        () -> Backprop.gradients(graph, loss[1], List.of(x)));
    Refusal.says(
        "a gradient is taken by float32 variables, not by ids int32 [2]",
        () -> Backprop.gradients(graph, loss[0], List.of(ids)));
    Refusal.says(
        "a gradient of seal_cross_entropy by nothing was asked for",
        () -> Backprop.gradients(graph, loss[0], List.of()));
    Refusal.says(
        "loss seal_cross_entropy does not depend on any of the wanted variables",
        () -> Backprop.gradients(graph, loss[0], List.of(w)));
    Refusal.says(
        "loss seal_cross_entropy does not depend on w",
        () -> Backprop.gradients(graph, loss[0], List.of(x, w)));
  }
}
