package org.seal4j.outside;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.check.InputException;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;
import org.seal4j.model.kernel.Kernel;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.StockPlan;
import org.seal4j.model.plan.Worker;

/** Mistakes inside an op that a user wrote: its signature, its gradient, its forms. */
class OwnOpTrapsTest {
  private final Graph graph = new Graph();
  private final SDVariable x = graph.placeholder("x", DataType.FLOAT, 2, 3);

  /** An op that does whatever its author forgot. */
  private static final class Mine extends GraphOp {
    Mine(Graph graph, String signature, @Nullable Kernel kernel, SDVariable... inputs) {
      super(graph, signature, () -> kernel, inputs);
    }

    @Override
    @SuppressWarnings("NullAway") // the mistake
    public SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
      return null;
    }

    @Override
    @SuppressWarnings("NullAway") // the mistake
    public SDVariable[] stock(SameDiff target, SDVariable[] inputs) {
      return null;
    }
  }

  private SDVariable mine(@Nullable Kernel kernel) {
    return new Mine(graph, "mine(x [rows, d]) -> [rows, d]", kernel, x).output();
  }

  @Test
  void a_signature_that_cannot_be_read_is_shown_beside_one_that_can() {
    for (String signature :
        List.of("mine(x [rows, d]", "mine", "", "mine(x) -> y", "(x [n]) -> [n]")) {
      Refusal.says(
          "the signature '"
              + signature
              + "' of an op cannot be read; write it as in 'my_scale(x [rows, d], gain [d]) -> [rows,"
              + " d]'",
          () -> new Mine(graph, signature, null, x));
    }
  }

  @Test
  void a_size_of_an_output_is_that_of_an_input() {
    Refusal.says(
        "mine: an output has size m, but no input has; its signature must name it there",
        () -> new Mine(graph, "mine(x [rows, d]) -> [rows, m]", null, x));
  }

  @Test
  void a_gradient_that_is_null_is_named() {
    SDVariable y = mine(null);
    assertThatThrownBy(() -> Backprop.gradients(graph, y, List.of(x)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("its gradient(...) gave null instead of one side for each input");
  }

  @Test
  void a_stock_form_that_is_null_is_named() {
    try (Worker worker = new Worker()) {
      Refusal.says(
          "node mine float32 [2, 3]: its stock(...) gave null instead of its outputs",
          () -> StockPlan.of(graph, List.of(mine(null)), worker));
    }
  }

  @Test
  void a_kernel_that_leaves_its_arrays_is_named() {
    Kernel overrun = (in, out, scratch) -> out[0].f().put(6, in[0].f().get(6));
    try (Worker worker = new Worker();
        Plan plan = Plan.of(graph, List.of(mine(overrun)), worker)) {
      plan.assign("x", Nd4j.ones(DataType.FLOAT, 2, 3));
      assertThatThrownBy(plan::run)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              "node mine float32 [2, 3]: its kernel reads or writes outside of its arrays");
    }
  }
}
