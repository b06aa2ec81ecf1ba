package org.seal4j.scripts;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Which kernels OpenBLAS takes on this machine, by the bits of what they compute. */
final class MatrixKernels {
  /** Rows, summed index and columns of the products, as small models have them. */
  private static final int[][] SIZES = {
    {1, 16, 24}, {6, 16, 16}, {76, 24, 16}, {208, 16, 91}, {52, 256, 16}, {96, 96, 96}
  };

  private MatrixKernels() {}

  /** Eight hexadecimal digits; equal ones mean products of equal bits. */
  static String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int[] size : SIZES) {
        try (INDArray a = filled(size[0], size[1]);
            INDArray b = filled(size[1], size[2]);
            INDArray product = a.mmul(b)) {
          for (float value : product.dup('c').data().asFloat()) {
            digest.update(ByteBuffer.allocate(4).putInt(Float.floatToIntBits(value)).array());
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static INDArray filled(int rows, int columns) {
    float[] values = new float[rows * columns];
    int state = 12345;
    for (int i = 0; i < values.length; i++) {
      state = state * 1664525 + 1013904223;
      values[i] = (state >>> 8) * 0x1p-23f - 1;
    }
    return Nd4j.create(values, new long[] {rows, columns}, 'c');
  }
}
