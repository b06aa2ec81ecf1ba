package org.seal4j.model.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;

/**
 * Holds the gradients that {@link Backprop} builds against central differences of a plan's outputs.
 *
 * <p>Kernels are FP32, so the outputs are summed in double and the differences are of fourth order,
 * which allows a step that is large beside the rounding of the outputs.
 */
public final class GradientCheck {
  private static final float STEP = 0.02f;
  private static final int PROBES = 12;

  private GradientCheck() {}

  /** The gradient of a randomly weighted sum of the outputs, by every wanted input. */
  public static void of(Bench bench, SDVariable... outputs) {
    ofLoss(bench, bench.weightedSum(outputs), 1);
  }

  /** The gradient of the sum of a loss's elements, by every wanted input. */
  public static void ofLoss(Bench bench, SDVariable loss, double step) {
    Map<String, SDVariable> gradients = Backprop.gradients(bench.graph(), loss, bench.wanted());
    List<SDVariable> all = new ArrayList<>(gradients.values());
    all.add(loss);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), all, worker)) {
      Run.fill(plan, bench);
      for (SDVariable input : bench.wanted()) {
        plan.run();
        INDArray gradient = plan.array(gradients.get(input.name()).name()).dup();
        assertThat(gradient.shape()).isEqualTo(bench.values().get(input.name()).shape());
        double scale = gradient.amaxNumber().doubleValue();
        for (int i = 0; i < Math.min(PROBES, gradient.length()); i++) {
          long at = gradient.length() <= PROBES ? i : bench.rng().nextInt((int) gradient.length());
          Tolerance.DIFFERENCES.check(
              "d loss / d %s[%d], %s".formatted(input.name(), at, bench.title()),
              gradient.getDouble(at),
              difference(plan, loss.name(), plan.array(input.name()), at, step),
              scale);
        }
      }
    }
  }

  /** {@code (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12h}. */
  private static double difference(
      Plan plan, String loss, INDArray input, long at, double stepScale) {
    float h = (float) (STEP * stepScale);
    float held = input.getFloat(at);
    double near = loss(plan, loss, input, at, held + h) - loss(plan, loss, input, at, held - h);
    double far =
        loss(plan, loss, input, at, held + 2 * h) - loss(plan, loss, input, at, held - 2 * h);
    input.putScalar(at, held);
    return (8 * near - far) / (12 * h);
  }

  private static double loss(Plan plan, String name, INDArray input, long at, float value) {
    input.putScalar(at, value);
    plan.run();
    INDArray loss = plan.array(name);
    double sum = 0;
    for (long i = 0; i < loss.length(); i++) {
      sum += loss.getDouble(i);
    }
    return sum;
  }
}
