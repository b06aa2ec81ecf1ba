package org.seal4j.model.plan;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.model.kernel.Tensor;

/**
 * Where the numbers of one array of an {@link Executable} cross between Java and ND4J. An input is
 * written into its buffer, which each run sends ahead; of an output as much is fetched as is asked
 * for.
 *
 * <p>On the processor the buffer is the array's own memory and nothing is copied. On a device, and
 * with {@link Worker#hiding}, numbers that cross anywhere else are not the ones that are computed
 * with.
 */
public final class HostPort {
  private final INDArray array;
  private final boolean shared;
  private final Tensor host;

  HostPort(INDArray array, boolean shared) {
    this.array = array;
    this.shared = shared;
    host = shared ? Tensors.of(array) : onHeap(array);
  }

  private static Tensor onHeap(INDArray array) {
    int length = Math.toIntExact(array.length());
    return array.dataType() == DataType.FLOAT
        ? new Tensor(array.shape(), FloatBuffer.wrap(new float[length]), null)
        : new Tensor(array.shape(), null, IntBuffer.wrap(new int[length]));
  }

  /** What the next run reads of an int32 input. */
  public IntBuffer ints() {
    return host.i();
  }

  /** What the next run reads of a float32 input. */
  public FloatBuffer floats() {
    return host.f();
  }

  /** Sends what was written. */
  void put() {
    if (shared) {
      return;
    }
    try (INDArray sent =
        host.floats() == null
            ? Nd4j.createFromArray(host.i().array())
            : Nd4j.createFromArray(host.f().array())) {
      array.assign(sent.reshape('c', array.shape()));
    }
  }

  /** Keeps what was assigned past this port, so that the next run does not send what was before. */
  void take(INDArray values) {
    if (shared) {
      return;
    }
    try (INDArray copy = values.dup('c')) {
      if (host.floats() == null) {
        host.i().put(0, copy.data().asInt());
      } else {
        host.f().put(0, copy.data().asFloat());
      }
    }
  }

  /** Fetches a whole float32 array; the view shows the last one that was fetched. */
  public Tensor get() {
    if (!shared) {
      get(0, host.f().array());
    }
    return host;
  }

  /** Fetches as many elements of a float32 array as fit, from an index on. */
  public void get(int at, float[] into) {
    if (shared) {
      host.f().get(at, into, 0, into.length);
      return;
    }
    INDArray flat = array.reshape('c', new long[] {array.length()});
    try (INDArray part = flat.get(NDArrayIndex.interval(at, at + into.length)).dup('c')) {
      System.arraycopy(part.data().asFloat(), 0, into, 0, into.length);
    }
  }

  /** Fetches one element of a float32 array. */
  public double number(int at) {
    float[] one = new float[1];
    get(at, one);
    return one[0];
  }
}
