package org.seal4j.model.testing;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;

/** One run of a bench's graph by a plan. */
public final class Run {
  private Run() {}

  /** Copies of the outputs. */
  public static List<INDArray> outputs(Bench bench, List<SDVariable> outputs) {
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), outputs, worker)) {
      fill(plan, bench);
      plan.run();
      return outputs.stream().map(output -> plan.array(output.name()).dup()).toList();
    }
  }

  /** Copies the bench's values into a plan's placeholders. */
  public static void fill(Executable plan, Bench bench) {
    bench
        .values()
        .forEach(
            (name, value) -> {
              if (plan.has(name)) {
                plan.assign(name, value);
              }
            });
  }

  /** The bits of all elements: INDArray's own equality allows for rounding. */
  public static int[] bits(INDArray array) {
    int[] bits = new int[(int) array.length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(array.getFloat(i));
    }
    return bits;
  }
}
