package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Off-heap floats for the intermediate results of the plans of one thread. Plans run one after
 * another, so each starts with all memory free; within a plan a stretch is reused as soon as its
 * last reader has been placed.
 *
 * <p>Memory is taken in large blocks that plans cut up as they need. So the pool grows with the
 * largest plan, not with the number of different shapes.
 */
public final class BufferPool implements AutoCloseable {
  /** Stretches begin at multiples of 64 bytes. */
  private static final long ALIGNMENT = 16;

  private static final long SMALLEST_SLAB = 1 << 18;
  private static final long LARGEST_SLAB = 1 << 24;

  private final List<INDArray> slabs = new ArrayList<>();
  private long floats;

  /** Bytes of off-heap memory that this pool owns. */
  public synchronized long bytes() {
    return floats * Float.BYTES;
  }

  /** The pool as one plan sees it while it is laid out. */
  Layout layout() {
    return new Layout();
  }

  /** Consecutive floats of a slab. */
  private record Stretch(int slab, long from, long length) {}

  /** Assigns memory to the intermediates of one plan, reusing what was given back. */
  final class Layout {
    /** Free stretches of each slab: length by first float, never two that touch. */
    private final List<TreeMap<Long, Long>> free = new ArrayList<>();

    private final IdentityHashMap<INDArray, Stretch> taken = new IdentityHashMap<>();

    /** A flat float array of this length that nobody in this plan uses now. */
    INDArray take(long length) {
      long wanted = Math.max(1, (length + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
      synchronized (BufferPool.this) {
        Stretch fit = smallestFit(wanted);
        if (fit == null) {
          grow(wanted);
          fit = smallestFit(wanted);
        }
        Stretch place = cut(Objects.requireNonNull(fit), wanted);
        INDArray array = flat(slabs.get(place.slab), place.from, Math.max(1, length));
        taken.put(array, place);
        return array;
      }
    }

    /** Gives an array back once its last reader has been placed. */
    void release(INDArray array) {
      Stretch place = taken.remove(array);
      if (place == null) {
        throw new IllegalStateException("an array is given back that was not taken");
      }
      TreeMap<Long, Long> stretches = free.get(place.slab);
      long from = place.from;
      long length = place.length;
      Map.Entry<Long, Long> before = stretches.floorEntry(from);
      if (before != null && before.getKey() + before.getValue() == from) {
        from = before.getKey();
        length += before.getValue();
      }
      Long behind = stretches.remove(place.from + place.length);
      stretches.put(from, behind == null ? length : length + behind);
    }

    private @Nullable Stretch smallestFit(long wanted) {
      while (free.size() < slabs.size()) {
        TreeMap<Long, Long> whole = new TreeMap<>();
        whole.put(0L, slabs.get(free.size()).length());
        free.add(whole);
      }
      Stretch best = null;
      for (int slab = 0; slab < free.size(); slab++) {
        for (Map.Entry<Long, Long> stretch : free.get(slab).entrySet()) {
          long length = stretch.getValue();
          if (length >= wanted && (best == null || length < best.length)) {
            best = new Stretch(slab, stretch.getKey(), length);
          }
        }
      }
      return best;
    }

    private Stretch cut(Stretch fit, long wanted) {
      free.get(fit.slab).remove(fit.from);
      if (fit.length > wanted) {
        free.get(fit.slab).put(fit.from + wanted, fit.length - wanted);
      }
      return new Stretch(fit.slab, fit.from, wanted);
    }
  }

  /** An array of its own over part of a slab: ND4J loses its way in views of views. */
  private static INDArray flat(INDArray slab, long from, long length) {
    FloatPointer part = new Part(slab.data().addressPointer(), from, length);
    return Nd4j.create(Nd4j.createBuffer(part, length, DataType.FLOAT), length);
  }

  /**
   * Part of the memory behind a pointer, at an address of its own: JavaCPP 1.5.5 tells a part by a
   * position alone, which ND4J 1.0.0-M1.1 does not look at.
   */
  private static final class Part extends FloatPointer {
    Part(Pointer whole, long from, long length) {
      super(whole);
      address = whole.address() + from * Float.BYTES;
      position = 0;
      limit = length;
      capacity = length;
    }
  }

  /** One slab more: as much as there is already, so that slabs stay few and growth stops early. */
  private void grow(long wanted) {
    long size = Math.max(wanted, Math.min(LARGEST_SLAB, Math.max(SMALLEST_SLAB, floats)));
    slabs.add(Tensors.zeros(size));
    floats += size;
  }

  @Override
  public synchronized void close() {
    slabs.forEach(INDArray::close);
    slabs.clear();
    floats = 0;
  }
}
