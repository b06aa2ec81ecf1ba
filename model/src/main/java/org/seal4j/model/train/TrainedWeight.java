package org.seal4j.model.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.ArrayForm;
import org.seal4j.model.kernel.Scratch;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Tensors;

/**
 * A weight array with its optimizer and what that remembers, or several of one shape side by side,
 * each with a memory of its own. Owner of the memory, not of the weights.
 */
public final class TrainedWeight implements AutoCloseable {
  private final Optimizer optimizer;
  private final SortedMap<String, INDArray> state = new TreeMap<>();
  private final List<Slice> slices = new ArrayList<>();

  /** One of the arrays that stand side by side. */
  private record Slice(FloatBuffer weight, Map<String, FloatBuffer> state) {}

  private TrainedWeight(INDArray weights, int count, Optimizer optimizer) {
    this.optimizer = optimizer;
    Checks.require(
        weights.dataType() == DataType.FLOAT,
        "only float32 weights are trained, not %s",
        ArrayForm.of(weights));
    optimizer.state().forEach((name, shape) -> state.put(name, zeros(shape, count)));
    FloatBuffer all = Tensors.of(weights).f();
    for (int i = 0; i < count; i++) {
      Map<String, FloatBuffer> own = new LinkedHashMap<>();
      for (Map.Entry<String, INDArray> remembered : state.entrySet()) {
        own.put(remembered.getKey(), slice(Tensors.of(remembered.getValue()).f(), i, count));
      }
      slices.add(new Slice(slice(all, i, count), own));
    }
  }

  /** One weight array. */
  public static TrainedWeight of(INDArray weight, OptimizerSpec optimizer) {
    return of(weight, optimizer, Engine.KERNELS);
  }

  /** The same with an engine for an optimizer that runs graphs. */
  public static TrainedWeight of(INDArray weight, OptimizerSpec optimizer, Engine engine) {
    return new TrainedWeight(weight, 1, optimizer.create(engine, weight.shape()));
  }

  /** Weight arrays along the first axis. */
  public static TrainedWeight sideBySide(INDArray weights, OptimizerSpec optimizer) {
    return sideBySide(weights, optimizer, Engine.KERNELS);
  }

  /** The same with an engine for an optimizer that runs graphs. */
  public static TrainedWeight sideBySide(INDArray weights, OptimizerSpec optimizer, Engine engine) {
    long[] shape = weights.shape();
    Checks.require(
        shape.length >= 2,
        "weights side by side must be [n, ...] but are %s",
        ArrayForm.of(weights));
    long[] one = Arrays.copyOfRange(shape, 1, shape.length);
    return new TrainedWeight(weights, Math.toIntExact(shape[0]), optimizer.create(engine, one));
  }

  private static INDArray zeros(long[] shape, int count) {
    return count == 1
        ? Tensors.zeros(shape)
        : Tensors.zeros(LongStream.concat(LongStream.of(count), LongStream.of(shape)).toArray());
  }

  private static FloatBuffer slice(FloatBuffer all, int index, int count) {
    int size = all.capacity() / count;
    return all.slice(index * size, size);
  }

  /** Number of elements of each of the arrays. */
  public int size() {
    return slices.get(0).weight.capacity();
  }

  /**
   * Updates one of the arrays.
   *
   * @param index which, from 0
   * @param gradient of the arrays side by side, of those up to this one at least
   * @param gradientScale factor of gradient clipping
   * @param rate learning rate
   * @param step number of the array's update, from 1
   */
  public void update(
      int index, Tensor gradient, double gradientScale, double rate, long step, Scratch scratch) {
    int size = size();
    Checks.require(
        index >= 0 && index < slices.size() && gradient.length() >= (index + 1) * size,
        "weight %d of %d has %d numbers, but the gradient of all up to it has %d",
        index,
        slices.size(),
        size,
        gradient.length());
    Slice own = slices.get(index);
    FloatBuffer ownGradient = gradient.f().slice(index * size, size);
    optimizer.update(
        new WeightUpdate(own.weight, ownGradient, gradientScale, own.state, rate, step, scratch));
  }

  /** Forgets everything: the weights are fresh. */
  public void reset() {
    for (Slice own : slices) {
      own.state.values().forEach(TrainedWeight::zero);
    }
  }

  /** By hand: ND4J would make an off-heap array of the number to assign. */
  private static void zero(FloatBuffer remembered) {
    for (int i = 0; i < remembered.capacity(); i++) {
      remembered.put(i, 0f);
    }
  }

  /** What the optimizer remembers, by name, to be saved and restored. */
  public Map<String, INDArray> state() {
    return Collections.unmodifiableSortedMap(state);
  }

  @Override
  public void close() {
    optimizer.close();
    state.values().forEach(INDArray::close);
    state.clear();
  }
}
