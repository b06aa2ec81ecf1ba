package org.seal4j.model.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.StockGraph;
import org.seal4j.model.plan.StockPlan;
import org.seal4j.model.plan.Worker;

/**
 * Holds three ways to run one graph against each other: the plan of fused kernels, the plan of
 * bound stock ops, and {@code sd.output} of the stock graph.
 */
public final class TwinCheck {
  /** Largest difference, relative to the largest element of the array. */
  public static final double TOLERANCE = Tolerance.SUMS.relative();

  private TwinCheck() {}

  /** The outputs, and the gradients of a weighted sum of them by every wanted input. */
  public static void of(Bench bench, SDVariable... outputs) {
    List<SDVariable> all = new ArrayList<>(List.of(outputs));
    if (!bench.wanted().isEmpty()) {
      SDVariable loss = bench.weightedSum(outputs);
      all.addAll(Backprop.gradients(bench.graph(), loss, bench.wanted()).values());
    }
    forward(bench, all);
  }

  /** These outputs alone, which may be gradients. */
  public static void forward(Bench bench, List<SDVariable> outputs) {
    Map<String, INDArray> stock = stock(bench, outputs);
    try (Worker worker = new Worker();
        Plan fused = Plan.of(bench.graph(), outputs, worker);
        StockPlan bound = StockPlan.of(bench.graph(), outputs, worker)) {
      for (Executable plan : List.of(fused, bound)) {
        Run.fill(plan, bench);
        plan.run();
        for (SDVariable output : outputs) {
          String what = plan.getClass().getSimpleName() + " " + output.name();
          INDArray twin = stock.get(output.name());
          assertClose(what + ", " + bench.title(), plan.array(output.name()), twin, TOLERANCE);
        }
      }
    }
  }

  /** The outputs as {@code sd.output} computes them. */
  public static Map<String, INDArray> stock(Bench bench, List<SDVariable> outputs) {
    SameDiff sd = StockGraph.of(bench.graph(), outputs);
    Map<String, INDArray> placeholders = new LinkedHashMap<>();
    bench
        .values()
        .forEach(
            (name, value) -> {
              if (sd.hasVariable(name)) {
                placeholders.put(name, value);
              }
            });
    return sd.output(placeholders, outputs.stream().map(SDVariable::name).toList());
  }

  /** Same shape, and no element differs by more than the tolerance times the largest element. */
  public static void assertClose(String what, INDArray got, INDArray expected, double tolerance) {
    assertThat(got.shape()).as(what).isEqualTo(expected.shape());
    double scale = Math.max(1, expected.amaxNumber().doubleValue());
    for (long i = 0; i < expected.length(); i++) {
      assertThat(Math.abs(got.getDouble(i) - expected.getDouble(i)))
          .as("%s [%d]: got %s, twin %s", what, i, got.getDouble(i), expected.getDouble(i))
          .isLessThanOrEqualTo(tolerance * scale);
    }
  }
}
