package org.seal4j.scripts.doctor;

import java.lang.management.ManagementFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;

/** How fast one core multiplies matrices. */
final class ProductSpeed {
  private static final int SIZE = 512;
  private static final int REPETITIONS = 12;

  private ProductSpeed() {}

  /**
   * Billions of float32 multiplications and additions per second of the thread's CPU time, the best
   * of {@value #REPETITIONS} products of two matrices {@code [512, 512]}; 0 where this Java does
   * not measure CPU time.
   */
  static double gigaflops() {
    var clock = ManagementFactory.getThreadMXBean();
    if (!clock.isCurrentThreadCpuTimeSupported()) {
      return 0;
    }
    double best = 0;
    try (INDArray a = Nd4j.ones(SIZE, SIZE);
        INDArray b = Nd4j.ones(SIZE, SIZE);
        INDArray c = Nd4j.zeros(SIZE, SIZE)) {
      Mmul product = new Mmul(a, b, c, null);
      for (int i = 0; i < REPETITIONS; i++) {
        long start = clock.getCurrentThreadCpuTime();
        Nd4j.exec(product);
        long nanos = clock.getCurrentThreadCpuTime() - start;
        best = Math.max(best, 2.0 * SIZE * SIZE * SIZE / Math.max(1, nanos));
      }
    }
    return best;
  }
}
