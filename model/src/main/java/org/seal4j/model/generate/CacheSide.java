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

  /**
   * Copies {@code rows} stretches of {@code count} elements, the starts of which are a stride
   * apart.
   */
  void copy(int from, int to, Stretches stretches);

  @Override
  default void close() {}

  /** Memory of zeros for an engine. */
  static CacheSide of(Engine engine, int length) {
    return switch (engine) {
      case KERNELS -> new Heap(new float[length]);
      case STOCK -> new Device(Tensors.zeros(length));
    };
  }

  /**
   * What is copied at once.
   *
   * @param rows how many stretches
   * @param stride elements from the start of one to that of the next
   * @param count elements of each
   */
  record Stretches(int rows, int stride, int count) {}

  /** On the Java heap. */
  @SuppressWarnings("ArrayRecordComponent") // memory; identity is never compared
  record Heap(float[] memory) implements CacheSide {
    @Override
    public SDVariable declare(Graph graph, String name, long... shape) {
      return graph.heapParameter(name, FloatBuffer.wrap(memory), shape);
    }

    @Override
    public void copy(int from, int to, Stretches s) {
      for (int i = 0; i < s.rows; i++) {
        System.arraycopy(memory, from + i * s.stride, memory, to + i * s.stride, s.count);
      }
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
    public void copy(int from, int to, Stretches s) {
      stretches(to, s).assign(stretches(from, s));
    }

    private INDArray stretches(int at, Stretches s) {
      return part(at, at + (long) s.rows * s.stride)
          .reshape('c', s.rows, s.stride)
          .get(NDArrayIndex.all(), NDArrayIndex.interval(0, s.count));
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
