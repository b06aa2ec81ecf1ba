package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.kernel.Scratch;

/**
 * A graph bound to memory: every op has its arrays, a run executes the ops in order and allocates
 * nothing.
 *
 * <p>Placeholders and requested outputs are arrays of the plan's own; parameters are the arrays
 * that the graph declares; everything between lives in a {@link BufferPool}. Not thread-safe.
 */
public final class Plan implements Executable {
  private final Map<String, INDArray> arrays;
  private final List<Step> steps;
  private final List<INDArray> owned;
  private final Scratch scratch;
  private boolean closed;

  Plan(Map<String, INDArray> arrays, List<Step> steps, List<INDArray> owned, Scratch scratch) {
    this.arrays = arrays;
    this.steps = steps;
    this.owned = owned;
    this.scratch = scratch;
  }

  /** One bound op. */
  interface Step extends AutoCloseable {
    void run(Scratch scratch);

    /** The op's name, for profiles. */
    String name();

    @Override
    default void close() {}
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

  @Override
  public void run() {
    requireOpen();
    for (Step step : steps) {
      step.run(scratch);
    }
  }

  /**
   * Runs the plan and adds each op's wall time in nanoseconds to {@code into}, by op name: where
   * the time goes.
   */
  public void profile(Map<String, Long> into) {
    profile(into, System::nanoTime);
  }

  /**
   * As {@link #profile(Map)} by another clock, such as the CPU time of the calling thread, which a
   * busy machine does not disturb.
   */
  public void profile(Map<String, Long> into, LongSupplier clock) {
    requireOpen();
    for (Step step : steps) {
      long start = clock.getAsLong();
      step.run(scratch);
      into.merge(step.name(), clock.getAsLong() - start, Long::sum);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this plan is closed");
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
    steps.forEach(Step::close);
    owned.forEach(INDArray::close);
    owned.clear();
    steps.clear();
    closed = true;
  }

  /** Mutable parts while a plan is built. */
  static final class Parts {
    final Map<String, INDArray> arrays = new LinkedHashMap<>();
    final List<Step> steps = new ArrayList<>();
    final List<INDArray> owned = new ArrayList<>();
  }
}
