package org.seal4j.model.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** A weight as the float32 it is, one number in a word: only laid out otherwise. */
final class PackedWeight extends FrozenWeight {
  private static final int PER_WORD = 1;

  PackedWeight(Tensor weight) {
    super(weight, PER_WORD);
    store(weight, (output, x) -> Float.floatToRawIntBits(x));
  }

  @Override
  void widen(int output, int input, int length, float[] to) {
    for (int p = 0; p < GROUP / PANEL; p++) {
      int from = firstWord(output + p * PANEL) + input * Lanes.W;
      widen(words(), from, Lanes.W * inputs(), length, to, p * PANEL * length);
    }
  }

  private static void widen(int[] words, int from, int next, int length, float[] to, int at) {
    for (int i = 0; i < length; i++) {
      load(words, from + Lanes.W * i).intoArray(to, at + PANEL * i);
      load(words, from + next + Lanes.W * i).intoArray(to, at + PANEL * i + Lanes.W);
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
    int next = Lanes.W * k;
    for (int i = 0; i < k; i++) {
      FloatVector r = FloatVector.broadcast(Lanes.F, x[x0 + i]);
      int at = w0 + Lanes.W * i;
      s0 = r.fma(load(words, at), s0);
      s1 = r.fma(load(words, at + next), s1);
      s2 = r.fma(load(words, at + 2 * next), s2);
      s3 = r.fma(load(words, at + 3 * next), s3);
      s4 = r.fma(load(words, at + 4 * next), s4);
      s5 = r.fma(load(words, at + 5 * next), s5);
      s6 = r.fma(load(words, at + 6 * next), s6);
      s7 = r.fma(load(words, at + 7 * next), s7);
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

  private static FloatVector load(int[] words, int at) {
    return IntVector.fromArray(Lanes.I, words, at).reinterpretAsFloats();
  }

  @Override
  float scale(int output) {
    return 1;
  }
}
