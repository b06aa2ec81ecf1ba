package org.seal4j.lora.serving;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.plan.Tensors;

/**
 * The factors of one module for all places: A {@code [n, in, r]}, B {@code [n, r, out]} and the
 * scaling {@code [n]}, which is 0 where the adapter in a place leaves the module alone. Adapters of
 * a smaller rank are filled up with zeros. Owner of its memory.
 *
 * @param in numbers that the module takes
 * @param out numbers that it gives
 */
record WideFactors(INDArray a, INDArray b, INDArray scale, int in, int rank, int out)
    implements AutoCloseable {
  static WideFactors zeros(int places, int in, int rank, int out) {
    return new WideFactors(
        Tensors.zeros(places, in, rank),
        Tensors.zeros(places, rank, out),
        Tensors.zeros(places),
        in,
        rank,
        out);
  }

  /** Puts an adapter's factors into a place. */
  void put(int place, ServedAdapter.Factors factors, double scaling) {
    int own = factors.a().length / in;
    FloatBuffer wideA = Tensors.of(a).f();
    float[] row = new float[rank];
    for (int i = 0; i < in; i++) {
      System.arraycopy(factors.a(), i * own, row, 0, own);
      wideA.put((place * in + i) * rank, row);
    }
    FloatBuffer wideB = Tensors.of(b).f();
    wideB.put(place * rank * out, factors.b());
    for (int i = (place * rank + own) * out; i < (place + 1) * rank * out; i++) {
      wideB.put(i, 0f);
    }
    Tensors.of(scale).f().put(place, (float) scaling);
  }

  /** Leaves the module alone in a place. */
  void clear(int place) {
    Tensors.of(scale).f().put(place, 0f);
  }

  @Override
  public void close() {
    a.close();
    b.close();
    scale.close();
  }
}
