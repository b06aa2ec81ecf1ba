package org.seal4j.model.plan;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Nearest;
import org.seal4j.model.graph.ArrayForm;
import org.seal4j.model.kernel.Scratch;

/**
 * A graph bound to memory, to be run many times: by fused kernels on the CPU ({@link Plan}), or by
 * stock ND4J ops on any backend ({@link StockPlan}). A run executes the ops in order and allocates
 * nothing.
 *
 * <p>Placeholders and requested outputs are arrays of the plan's own; parameters are the arrays
 * that the graph declares; everything between lives in a {@link BufferPool}. Not thread-safe.
 */
public abstract sealed class Executable implements AutoCloseable permits Plan, StockPlan {
  private final Map<String, INDArray> arrays;
  private final List<INDArray> owned;
  private final List<Step> steps;
  private final Scratch scratch;
  private boolean closed;

  Executable(Map<String, INDArray> arrays, List<INDArray> owned, List<Step> steps, Worker worker) {
    this.arrays = arrays;
    this.owned = owned;
    this.steps = steps;
    this.scratch = worker.scratch();
  }

  /**
   * Runs every op once, on the calling thread.
   *
   * @throws CancellationException where that thread is interrupted, before anything is computed
   */
  public void run() {
    requireOpen();
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
    for (Step step : steps) {
      step.run(scratch);
    }
  }

  /**
   * Runs the plan and adds each op's time to {@code into}, by op name: where the time goes.
   *
   * @param clock such as the CPU time of the calling thread, which a busy machine does not disturb
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

  /**
   * The array of a placeholder, a parameter or a requested output, read and written between runs.
   * Whole arrays are written with {@link #assign}, since ND4J's own {@code assign} checks no shape.
   */
  public INDArray array(String name) {
    return Nearest.get(arrays, name, "plan has no array");
  }

  /**
   * Writes a placeholder or parameter.
   *
   * @param values of the same type and shape; they are copied
   */
  public void assign(String name, INDArray values) {
    ArrayForm.assign(name, array(name), values);
  }

  /** Whether a variable of this name is read or written. */
  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  /** Number of bound ops. */
  public int size() {
    return steps.size();
  }

  /** Frees the arrays that belong to this executable; parameters and pooled buffers stay. */
  @Override
  public void close() {
    steps.forEach(Step::close);
    steps.clear();
    owned.forEach(INDArray::close);
    owned.clear();
    closed = true;
  }
}
