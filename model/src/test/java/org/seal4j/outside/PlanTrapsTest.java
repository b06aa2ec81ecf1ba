package org.seal4j.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.Scale;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.StockGraph;
import org.seal4j.model.plan.StockPlan;
import org.seal4j.model.plan.Worker;

/** Mistakes when a graph is bound, filled and run, by a user who has the public types alone. */
class PlanTrapsTest {
  private static final String NOT_SAMEDIFF =
      "SameDiff can neither run nor differentiate nor save the 2 nodes of this graph: fill its"
          + " inputs (x float32 [2, 3]) in a Plan.of(graph, outputs, worker) and run that,"
          + " differentiate with Backprop.gradients, and export with StockGraph.of";

  private final Graph graph = new Graph();
  private final SDVariable x = graph.placeholder("x", DataType.FLOAT, 2, 3);
  private final Worker worker = new Worker();

  /** An op of a user's own, with the stock form under test. */
  private static final class Mine extends GraphOp {
    private final BiFunction<SameDiff, SDVariable, SDVariable[]> form;

    Mine(Graph graph, SDVariable x, BiFunction<SameDiff, SDVariable, SDVariable[]> form) {
      super(graph, "mine(x [rows, d]) -> [rows, d]", () -> null, x);
      this.form = form;
    }

    @Override
    public SDVariable[] stock(SameDiff target, SDVariable[] inputs) {
      return form.apply(target, inputs[0]);
    }
  }

  private SDVariable mine(BiFunction<SameDiff, SDVariable, SDVariable> form) {
    return new Mine(graph, x, (sd, in) -> new SDVariable[] {form.apply(sd, in)}).output();
  }

  private void cannotBind(String op, BiFunction<SameDiff, SDVariable, SDVariable> form) {
    SDVariable y = mine(form);
    Refusal.says(
        "node %s float32 [2, 3]: a StockPlan cannot bind the SameDiff op %s of its stock form (no"
                .formatted(y.name(), op)
            + " control flow, lists of tensors or random draws); SameDiff runs it where"
            + " StockGraph.of exports it",
        () -> StockPlan.of(graph, List.of(y), worker));
  }

  @Test
  void a_stock_op_that_cannot_be_bound_is_named_with_its_node() {
    cannotBind(
        "distribution_gaussian",
        (sd, in) -> in.add(sd.random().normal(0, 1, DataType.FLOAT, 2, 3)));
    cannotBind("dropout", (sd, in) -> sd.nn().dropout(in, 0.5));
    cannotBind("switch", (sd, in) -> sd.switchOp(in, sd.constant(Nd4j.scalar(true)))[1]);
    cannotBind(
        "create_list",
        (sd, in) -> sd.tensorArray(DataType.FLOAT).write(sd.constant(0), sd.constant(0), in));
  }

  @Test
  void a_stock_form_must_give_what_its_node_promises() {
    SDVariable summed = mine((sd, in) -> in.sum(0));
    Refusal.says(
        "node mine float32 [2, 3]: its stock form gives float32 [3] as mine",
        () -> StockPlan.of(graph, List.of(summed), worker));
    SDVariable none = new Mine(graph, x, (sd, in) -> new SDVariable[0]).output();
    Refusal.says(
        "node mine_1 float32 [2, 3] has 1 outputs but its stock form gives 0",
        () -> StockGraph.of(graph, List.of(none)));
  }

  @Test
  void a_stock_form_may_hand_on_its_input() {
    SDVariable same = mine((sd, in) -> in);
    try (StockPlan plan = StockPlan.of(graph, List.of(same), worker)) {
      plan.assign("x", Nd4j.ones(DataType.FLOAT, 2, 3));
      plan.run();
      assertThat(plan.array(same.name()).sumNumber().doubleValue()).isEqualTo(6);
    }
  }

  @Test
  void an_op_without_kernel_or_gradient_says_so() {
    SDVariable y = mine((sd, in) -> in.mul(2));
    Refusal.says(
        "node mine float32 [2, 3] has no kernel, so that only a StockPlan can run it",
        () -> Plan.of(graph, List.of(y), worker));
    Refusal.says(
        "node mine float32 [2, 3] has no gradient: mine is not differentiated",
        () -> Backprop.gradients(graph, y, List.of(x)));
  }

  @Test
  void a_plan_without_outputs_or_of_foreign_ones_is_refused() {
    SDVariable foreign = new Graph().placeholder("x", DataType.FLOAT, 2, 3);
    SDVariable exp = graph.sameDiff().math().exp(x);
    String own =
        "variable exp is made by SameDiff's own op, which no plan runs and nothing here"
            + " differentiates; use the ops of org.seal4j.model.graph, or extend GraphOp";
    Refusal.says(
        "a plan needs at least one output variable", () -> Plan.of(graph, List.of(), worker));
    Refusal.says(
        "variable x belongs to another graph", () -> Plan.of(graph, List.of(foreign), worker));
    Refusal.says(own, () -> Plan.of(graph, List.of(exp), worker));
    Refusal.says(own, () -> StockPlan.of(graph, List.of(exp), worker));
  }

  @Test
  void an_array_of_another_shape_or_type_is_not_assigned() {
    SDVariable y = Scale.of(graph, x, 2);
    for (boolean fused : new boolean[] {true, false}) {
      List<SDVariable> outputs = List.of(y);
      try (Executable plan =
          fused ? Plan.of(graph, outputs, worker) : StockPlan.of(graph, outputs, worker)) {
        plan.assign("x", Nd4j.ones(DataType.FLOAT, 2, 3));
        for (long[] shape : new long[][] {{3, 2}, {6}, {3}, {1}, {1, 3}, {2, 1}, {7, 3}}) {
          Refusal.says(
              "x is float32 [2, 3] but was given float32 " + Arrays.toString(shape),
              () -> plan.assign("x", Nd4j.zeros(DataType.FLOAT, shape)));
        }
        Refusal.says(
            "x is float32 [2, 3] but was given float64 [2, 3]",
            () -> plan.assign("x", Nd4j.zeros(DataType.DOUBLE, 2, 3)));
        Refusal.says(
            "x is float32 [2, 3] but was given int32 [2, 3]",
            () -> plan.assign("x", Nd4j.zeros(DataType.INT32, 2, 3)));
        INDArray turned = Nd4j.arange(6).castTo(DataType.FLOAT).reshape(3, 2).transpose();
        assertThat(plan.array("x").sumNumber().doubleValue())
            .as("nothing was written")
            .isEqualTo(6);
        plan.assign("x", turned);
        assertThat(plan.array("x")).as("strides are followed").isEqualTo(turned);
      }
    }
  }

  @Test
  void an_unknown_array_gets_the_nearest_name_and_intermediates_are_not_shown() {
    SDVariable between = graph.name(Scale.of(graph, x, 2), "between");
    SDVariable y = graph.name(Scale.of(graph, between, 2), "result");
    try (Plan plan = Plan.of(graph, List.of(y), worker)) {
      Refusal.says("plan has no array reslut; did you mean result?", () -> plan.array("reslut"));
      Refusal.says(
          "plan has no array between; it has [x, result]",
          () -> plan.assign("between", plan.array("x")));
      assertThat(plan.has("between")).isFalse();
    }
  }

  @Test
  void SameDiff_itself_is_not_asked_to_run_nodes_that_it_does_not_know(@TempDir Path folder) {
    SDVariable w = graph.parameter("w", Nd4j.ones(DataType.FLOAT, 4, 3), true);
    String y = Scale.of(graph, MatMul.linear(graph, x, w, 1), 2).name();
    SameDiff sd = graph.sameDiff();
    File file = folder.resolve("graph.sd").toFile();
    Refusal.says(NOT_SAMEDIFF, () -> sd.output(Map.of(), y));
    Refusal.says(NOT_SAMEDIFF, () -> sd.output(Map.of("x", Nd4j.ones(DataType.FLOAT, 2, 3)), y));
    Refusal.says(NOT_SAMEDIFF, () -> sd.outputSingle(null, y));
    Refusal.says(NOT_SAMEDIFF, () -> sd.getVariable(y).eval());
    Refusal.says(NOT_SAMEDIFF, () -> sd.calculateGradients(Map.of(), "w"));
    Refusal.says(NOT_SAMEDIFF, () -> sd.save(file, false));
    assertThat(sd.summary()).contains("seal_scale");
  }

  @Test
  void a_parameter_shows_its_array_to_SameDiff_and_keeps_it() {
    INDArray array = Nd4j.ones(DataType.FLOAT, 4, 3);
    graph.parameter("w", array, true);
    SDVariable seen = graph.sameDiff().getVariable("w");
    assertThat(seen.getArr()).isSameAs(array);
    assertThat(seen.getShape()).containsExactly(4, 3);
    Refusal.says(
        "w float32 [4, 3] gets no other array than the one it was declared with; write into that"
            + " one",
        () -> seen.setArray(Nd4j.ones(DataType.FLOAT, 9, 9)));
  }
}
