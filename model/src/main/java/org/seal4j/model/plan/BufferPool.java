package org.seal4j.model.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Off-heap float buffers for the intermediate results of the plans of one thread. Plans run one
 * after another, so each starts with all buffers free; within a plan a buffer is reused as soon as
 * its last reader has been placed.
 */
public final class BufferPool implements AutoCloseable {
  private final TreeMap<Long, Deque<INDArray>> owned = new TreeMap<>();
  private long bytes;

  /** Bytes of off-heap memory that this pool owns. */
  public synchronized long bytes() {
    return bytes;
  }

  /** A view of the pool as one plan sees it while it is laid out. */
  Layout layout() {
    return new Layout();
  }

  /** Assigns buffers to the intermediates of one plan, reusing freed ones. */
  final class Layout {
    private final TreeMap<Long, Deque<INDArray>> free = new TreeMap<>();

    private Layout() {
      owned.forEach((size, buffers) -> free.put(size, new ArrayDeque<>(buffers)));
    }

    /**
     * A flat float buffer of at least {@code length} elements that nobody in this plan uses now.
     */
    INDArray take(long length) {
      Map.Entry<Long, Deque<INDArray>> fit = free.ceilingEntry(length);
      // A buffer much larger than needed is left for its own size, unless nothing else is there.
      if (fit != null && fit.getKey() <= 2 * length + 1024) {
        INDArray buffer = fit.getValue().removeFirst();
        if (fit.getValue().isEmpty()) {
          free.remove(fit.getKey());
        }
        return buffer;
      }
      return allocate(length);
    }

    /** Gives a buffer back once its last reader has been placed. */
    void release(INDArray buffer) {
      free.computeIfAbsent(buffer.length(), size -> new ArrayDeque<>()).addFirst(buffer);
    }
  }

  private INDArray allocate(long length) {
    INDArray buffer = Nd4j.create(DataType.FLOAT, length);
    buffer.setCloseable(true);
    owned.computeIfAbsent(length, size -> new ArrayDeque<>()).addLast(buffer);
    bytes += length * Float.BYTES;
    return buffer;
  }

  @Override
  public synchronized void close() {
    owned.values().forEach(buffers -> buffers.forEach(INDArray::close));
    owned.clear();
    bytes = 0;
  }
}
