package org.seal4j.model.plan;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.graph.Graph;

/**
 * A graph run by stock ND4J ops alone, as {@link StockGraph} writes it, each bound once to its
 * arrays: the way to run on a GPU, where our kernels do not exist, and a reference on the CPU.
 *
 * <p>No SameDiff session is involved: nothing is looked up, allocated or sorted while it runs.
 * Arrays that an op changes in place (key-value caches) are computed elsewhere and copied back.
 */
public final class StockPlan extends Executable {

  StockPlan(Placement placed, List<Step> steps, Worker worker) {
    super(placed, steps, worker);
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
}
