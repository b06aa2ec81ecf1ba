package org.seal4j.model.plan;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.Graph;

/**
 * A graph run by stock ND4J ops alone, as {@link StockGraph} writes it, each bound once to its
 * arrays: the way to run on a GPU, where our kernels do not exist, and a reference on the CPU.
 *
 * <p>No SameDiff session is involved: nothing is looked up, allocated or sorted while it runs.
 * Placeholders, parameters, outputs and pooled buffers are as in {@link Plan}. Arrays that an op
 * changes in place (key-value caches) are computed elsewhere and copied back. Not thread-safe.
 */
public final class StockPlan implements Executable {
  private final Map<String, INDArray> arrays;
  private final List<StockStep> steps;
  private final List<INDArray> owned;
  private boolean closed;

  StockPlan(Map<String, INDArray> arrays, List<StockStep> steps, List<INDArray> owned) {
    this.arrays = arrays;
    this.steps = steps;
    this.owned = owned;
  }

  /**
   * Binds what the outputs need.
   *
   * @param outputs variables that can be read after a run
   * @param worker buffers of the thread that will run the plan
   */
  public static StockPlan of(Graph graph, List<SDVariable> outputs, Worker worker) {
    return new StockPlanBuilder(graph, outputs, worker).build();
  }

  @Override
  public void run() {
    if (closed) {
      throw new IllegalStateException("this plan is closed");
    }
    for (StockStep step : steps) {
      step.run();
    }
  }

  @Override
  public INDArray array(String name) {
    return Checks.present(
        arrays.get(name), "plan has no array %s; it has %s", name, arrays.keySet());
  }

  @Override
  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  @Override
  public int size() {
    return steps.size();
  }

  @Override
  public void close() {
    steps.forEach(StockStep::close);
    steps.clear();
    owned.forEach(INDArray::close);
    owned.clear();
    closed = true;
  }
}
