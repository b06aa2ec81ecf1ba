package org.seal4j.model.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.check.Checks;
import org.seal4j.model.blas.KernelChoice;
import org.seal4j.model.graph.ArrayForm;
import org.seal4j.model.kernel.Tensor;

/** Kernel views of ND4J arrays. */
public final class Tensors {
  static {
    KernelChoice.make();
  }

  private Tensors() {}

  /** A float32 array of zeros that its owner closes. */
  public static INDArray zeros(long... shape) {
    return OwnedArrays.own(Nd4j.zeros(DataType.FLOAT, shape));
  }

  /**
   * The memory of a contiguous row-major float32 or int32 array, shared with it; the array is not
   * collected as long as the view is used.
   */
  public static Tensor of(INDArray array) {
    ByteBuffer memory = bytes(array);
    return array.dataType() == DataType.FLOAT
        ? new Tensor(array.shape(), memory.asFloatBuffer(), null, array)
        : new Tensor(array.shape(), null, memory.asIntBuffer(), array);
  }

  /** The little-endian bytes of a contiguous row-major float32 or int32 array, shared with it. */
  public static ByteBuffer bytes(INDArray array) {
    ArrayForm.requirePlain("what a kernel reads", array);
    long bytes = array.length() * 4;
    Checks.require(
        bytes <= Integer.MAX_VALUE,
        "an array of %d bytes is too large for one kernel; split the batch",
        bytes);
    return bytes(array, 0, (int) bytes);
  }

  /** The little-endian bytes {@code from .. from + length - 1} of such an array. */
  public static ByteBuffer bytes(INDArray array, long from, int length) {
    return new BytePointer(array.data().addressPointer())
        .position(from)
        .limit(from + length)
        .asByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
