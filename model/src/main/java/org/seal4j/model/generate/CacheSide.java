package org.seal4j.model.generate;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Tensors;

/**
 * The memory of the keys or the values of one layer, seen as an array of any shape that fits: on
 * the Java heap for our kernels, an array of ND4J for stock ops.
 */
sealed interface CacheSide extends AutoCloseable {
  /** Declares its first elements as a parameter of this shape. */
  SDVariable declare(Graph graph, String name, long... shape);

  /** Copies so many elements. */
  void copy(int from, int to, int count);

  @Override
  default void close() {}

  /** Memory of zeros for an engine. */
  static CacheSide of(Engine engine, int length) {
    return switch (engine) {
      case KERNELS -> new Heap(new float[length]);
      case STOCK -> new Device(Tensors.zeros(length));
    };
  }

  /** On the Java heap. */
  @SuppressWarnings("ArrayRecordComponent") // memory; identity is never compared
  record Heap(float[] memory) implements CacheSide {
    @Override
    public SDVariable declare(Graph graph, String name, long... shape) {
      return graph.heapParameter(name, FloatBuffer.wrap(memory), shape);
    }

    @Override
    public void copy(int from, int to, int count) {
      System.arraycopy(memory, from, memory, to, count);
    }
  }

  /** Where ND4J keeps its arrays. */
  record Device(INDArray memory) implements CacheSide {
    @Override
    public SDVariable declare(Graph graph, String name, long... shape) {
      long length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      return graph.parameter(name, part(0, length).reshape('c', shape), false);
    }

    @Override
    public void copy(int from, int to, int count) {
      part(to, to + (long) count).assign(part(from, from + (long) count));
    }

    private INDArray part(long from, long to) {
      return memory.get(NDArrayIndex.interval(from, to));
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
