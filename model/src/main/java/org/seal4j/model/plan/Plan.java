package org.seal4j.model.plan;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.graph.Graph;

/** A graph run by fused kernels and libnd4j's matrix products on the CPU. */
public final class Plan extends Executable {

  Plan(Placement placed, List<Step> steps, Worker worker) {
    super(placed, steps, worker);
  }

  /**
   * Binds what the outputs need.
   *
   * @param outputs variables that can be read after a run
   * @param worker buffers and staging arrays of the thread that will run the plan
   */
  public static Plan of(Graph graph, List<SDVariable> outputs, Worker worker) {
    return new PlanBuilder(graph, outputs, worker).build();
  }
}
