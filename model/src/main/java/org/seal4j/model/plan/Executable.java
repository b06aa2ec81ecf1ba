package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.check.Nearest;
import org.seal4j.model.graph.ArrayForm;

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
  private final Map<String, INDArray> decoys = new HashMap<>();
  private final List<INDArray> owned;
  private final Map<String, HostPort> ports = new HashMap<>();
  private final List<HostPort> inputs = new ArrayList<>();
  private final Placement placement;
  private final List<Step> steps;

  // Owns the buffers between: as long as this runs, they must not be collected.
  private final Worker worker;
  private boolean closed;

  Executable(Placement placement, List<Step> steps, Worker worker) {
    this.placement = placement;
    this.arrays = placement.visible();
    this.owned = placement.owned();
    this.steps = steps;
    this.worker = worker;
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
    inputs.forEach(HostPort::put);
    for (Step step : steps) {
      step.run(worker.scratch());
    }
  }

  /**
   * Runs the plan and adds each op's time to {@code into}, by op name: where the time goes.
   *
   * @param clock such as the CPU time of the calling thread, which a busy machine does not disturb
   */
  public void profile(Map<String, Long> into, LongSupplier clock) {
    requireOpen();
    inputs.forEach(HostPort::put);
    for (Step step : steps) {
      long start = clock.getAsLong();
      step.run(worker.scratch());
      into.merge(step.name(), clock.getAsLong() - start, Long::sum);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this plan is closed");
    }
  }

  /**
   * Where the numbers of a placeholder or a requested output cross to Java and back; the same one
   * each time.
   */
  public HostPort port(String name) {
    HostPort known = ports.get(name);
    if (known == null) {
      INDArray array = Nearest.get(arrays, name, "plan has no array");
      known = new HostPort(array, worker.memory() == Memory.SHARED);
      ports.put(name, known);
      if (placement.isPlaceholder(name)) {
        inputs.add(known);
      }
    }
    return known;
  }

  /**
   * The array of a placeholder, a parameter or a requested output, read and written between runs by
   * ND4J's own methods; memory is read and written through {@link #port}. Whole arrays are written
   * with {@link #assign}, since ND4J's own {@code assign} checks no shape.
   */
  public INDArray array(String name) {
    INDArray array = Nearest.get(arrays, name, "plan has no array");
    return worker.memory() == Memory.HIDDEN && placement.isOwn(array)
        ? decoys.computeIfAbsent(name, n -> decoy(array))
        : array;
  }

  private static INDArray decoy(INDArray array) {
    INDArray decoy = OwnedArrays.own(Nd4j.create(array.dataType(), array.shape()));
    return array.dataType() == DataType.FLOAT ? decoy.assign(Float.NaN) : decoy.assign(-1);
  }

  /**
   * Writes a placeholder or parameter.
   *
   * @param values of the same type and shape; they are copied
   */
  public void assign(String name, INDArray values) {
    ArrayForm.assign(name, Nearest.get(arrays, name, "plan has no array"), values);
    if (ports.containsKey(name)) {
      port(name).take(values);
    }
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
    decoys.values().forEach(INDArray::close);
    decoys.clear();
    closed = true;
  }
}
