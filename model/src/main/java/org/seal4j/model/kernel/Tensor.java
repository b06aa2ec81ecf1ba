package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A kernel's view of one array: row-major, contiguous, off-heap, either float32 or int32.
 *
 * @param shape sizes, outermost first
 * @param floats the elements of a float32 array, else null
 * @param ints the elements of an int32 array, else null
 * @param owner what frees the elements when it becomes garbage, and so must not while the view is
 *     used; null where the elements are on the Java heap or freed by hand
 */
@SuppressWarnings("ArrayRecordComponent") // a view bound once; identity is never compared
public record Tensor(
    long[] shape, @Nullable FloatBuffer floats, @Nullable IntBuffer ints, @Nullable Object owner) {

  /** A view of elements that nothing frees behind its back. */
  public Tensor(long[] shape, @Nullable FloatBuffer floats, @Nullable IntBuffer ints) {
    this(shape, floats, ints, null);
  }

  /** The float32 elements. */
  public FloatBuffer f() {
    if (floats == null) {
      throw new IllegalStateException("kernel asked for float32 elements of an int32 array");
    }
    return floats;
  }

  /** The int32 elements. */
  public IntBuffer i() {
    if (ints == null) {
      throw new IllegalStateException("kernel asked for int32 elements of a float32 array");
    }
    return ints;
  }

  /** Writes the first {@code n} numbers from {@code at} on, where somebody reads them. */
  static void put(@Nullable Tensor out, int at, float[] x, int n) {
    if (out != null) {
      out.f().put(at, x, 0, n);
    }
  }

  /** Size of axis {@code axis}. */
  public int size(int axis) {
    return Math.toIntExact(shape[axis]);
  }

  /** Number of elements. */
  public int length() {
    long n = 1;
    for (long s : shape) {
      n *= s;
    }
    return Math.toIntExact(n);
  }
}
