package org.seal4j.model.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** A weight as bfloat16, two numbers in a word: every stored number is exactly a float32. */
final class Bf16Weight extends FrozenWeight {
  private static final int PER_WORD = 2;
  private static final int UPPER = 0xffff0000;

  Bf16Weight(Tensor weight) {
    super(weight, PER_WORD);
    store(weight, (output, x) -> HalfFloats.toBf16(x));
  }

  @Override
  void widen(int output, int input, int length, float[] to) {
    for (int p = 0; p < GROUP / PANEL; p++) {
      int from = firstWord(output + p * PANEL) + input * Lanes.W;
      widen(words(), from, length, to, p * PANEL * length);
    }
  }

  private static void widen(int[] words, int from, int length, float[] to, int at) {
    for (int i = 0; i < length; i++) {
      IntVector w = load(words, from + Lanes.W * i);
      lower(w).intoArray(to, at + PANEL * i);
      upper(w).intoArray(to, at + PANEL * i + Lanes.W);
    }
  }

  @Override
  void one(float[] x, int x0, int output, float[] y, int y0) {
    one(x, x0, words(), firstWord(output), inputs(), y, y0);
  }

  private static void one(float[] x, int x0, int[] words, int w0, int k, float[] y, int y0) {
    FloatVector s0 = FloatVector.zero(Lanes.F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    int panel = Lanes.W * k;
    for (int i = 0; i < k; i++) {
      FloatVector r = FloatVector.broadcast(Lanes.F, x[x0 + i]);
      int at = w0 + Lanes.W * i;
      IntVector a = load(words, at);
      s0 = r.fma(lower(a), s0);
      s1 = r.fma(upper(a), s1);
      IntVector b = load(words, at + panel);
      s2 = r.fma(lower(b), s2);
      s3 = r.fma(upper(b), s3);
      IntVector c = load(words, at + 2 * panel);
      s4 = r.fma(lower(c), s4);
      s5 = r.fma(upper(c), s5);
      IntVector d = load(words, at + 3 * panel);
      s6 = r.fma(lower(d), s6);
      s7 = r.fma(upper(d), s7);
    }
    s0.intoArray(y, y0);
    s1.intoArray(y, y0 + 8);
    s2.intoArray(y, y0 + 16);
    s3.intoArray(y, y0 + 24);
    s4.intoArray(y, y0 + 32);
    s5.intoArray(y, y0 + 40);
    s6.intoArray(y, y0 + 48);
    s7.intoArray(y, y0 + 56);
  }

  private static IntVector load(int[] words, int at) {
    return IntVector.fromArray(Lanes.I, words, at);
  }

  private static FloatVector lower(IntVector words) {
    return words.lanewise(VectorOperators.LSHL, Short.SIZE).reinterpretAsFloats();
  }

  private static FloatVector upper(IntVector words) {
    return words.and(UPPER).reinterpretAsFloats();
  }

  @Override
  float scale(int output) {
    return 1;
  }
}
