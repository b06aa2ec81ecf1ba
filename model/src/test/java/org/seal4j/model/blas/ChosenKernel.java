package org.seal4j.model.blas;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.plan.Tensors;

/** A program of its own: what a process computes with, by when it makes the choice. */
final class ChosenKernel {
  private ChosenKernel() {}

  /** Prints the kernels in use, the bits of some products, and what is lost. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    if (args[0].equals("late")) {
      Nd4j.zeros(1).close();
    } else if (args[0].equals("taken")) {
      System.out.println("taken " + KernelChoice.take(args[1]));
    }
    Tensors.zeros(1).close();
    System.out.println("kernels " + KernelChoice.inUse());
    System.out.println("bits " + bits());
    System.out.println("loss " + KernelChoice.loss().orElse("none"));
  }

  private static int bits() {
    int bits = 0;
    for (int[] size : new int[][] {{1, 16, 24}, {208, 16, 91}, {96, 512, 96}, {300, 1000, 70}}) {
      try (INDArray product = filled(size[0], size[1]).mmul(filled(size[1], size[2]))) {
        bits = 31 * bits + Arrays.hashCode(product.dup('c').data().asFloat());
      }
    }
    return bits;
  }

  private static INDArray filled(int rows, int columns) {
    float[] values = new float[rows * columns];
    IntStream.range(0, values.length)
        .forEach(i -> values[i] = (i * 1664525 + 1013904223 >>> 8) * 0x1p-23f - 1);
    return Nd4j.createFromArray(values).reshape(rows, columns);
  }
}
