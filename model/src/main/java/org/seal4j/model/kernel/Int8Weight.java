package org.seal4j.model.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A weight as whole numbers from -127 to 127 and a scale for each output, four numbers in a word.
 * They are multiplied as they stand at the upper end of a word, as numbers times 2^24, which the
 * scale takes back: a power of two changes no bit of a sum but the exponent.
 */
final class Int8Weight extends FrozenWeight {
  private static final int PER_WORD = 4;
  private static final int MOST = 127;
  private static final float UNIT = 0x1p-24f;
  private static final int UPPER = 0xff000000;

  private final float[] scales;

  Int8Weight(Tensor weight) {
    super(weight, PER_WORD);
    scales = new float[outputs()];
    store(weight, new Rounded());
  }

  /** Numbers as parts of the largest of their output. */
  private final class Rounded implements Numbers {
    private double perUnit;

    @Override
    public void begin(int output, float[] row) {
      float top = 0;
      for (float x : row) {
        top = Math.max(top, Math.abs(x));
      }
      scales[output] = top / MOST * UNIT;
      perUnit = top == 0 ? 0 : MOST / (double) top;
    }

    @Override
    public int bits(int output, float x) {
      return (int) Math.rint(x * perUnit);
    }
  }

  @Override
  void widen(int output, int input, int length, float[] to) {
    for (int p = 0; p < GROUP / PANEL; p += 2) {
      int from = firstWord(output + p * PANEL) + input * Lanes.W;
      widen(words(), from, length, to, p * PANEL * length);
    }
  }

  private static void widen(int[] words, int from, int length, float[] to, int at) {
    int next = at + PANEL * length;
    for (int i = 0; i < length; i++) {
      IntVector w = load(words, from + Lanes.W * i);
      first(w).intoArray(to, at + PANEL * i);
      second(w).intoArray(to, at + PANEL * i + Lanes.W);
      third(w).intoArray(to, next + PANEL * i);
      fourth(w).intoArray(to, next + PANEL * i + Lanes.W);
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
    int next = w0 + Lanes.W * k;
    for (int i = 0; i < k; i++) {
      FloatVector r = FloatVector.broadcast(Lanes.F, x[x0 + i]);
      IntVector a = load(words, w0 + Lanes.W * i);
      s0 = r.fma(first(a), s0);
      s1 = r.fma(second(a), s1);
      s2 = r.fma(third(a), s2);
      s3 = r.fma(fourth(a), s3);
      IntVector b = load(words, next + Lanes.W * i);
      s4 = r.fma(first(b), s4);
      s5 = r.fma(second(b), s5);
      s6 = r.fma(third(b), s6);
      s7 = r.fma(fourth(b), s7);
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

  private static FloatVector first(IntVector words) {
    return wide(words.lanewise(VectorOperators.LSHL, 3 * Byte.SIZE));
  }

  private static FloatVector second(IntVector words) {
    return wide(words.lanewise(VectorOperators.LSHL, 2 * Byte.SIZE).and(UPPER));
  }

  private static FloatVector third(IntVector words) {
    return wide(words.lanewise(VectorOperators.LSHL, Byte.SIZE).and(UPPER));
  }

  private static FloatVector fourth(IntVector words) {
    return wide(words.and(UPPER));
  }

  private static FloatVector wide(IntVector upper) {
    return (FloatVector) upper.convert(VectorOperators.I2F, 0);
  }

  @Override
  float scale(int output) {
    return scales[output];
  }
}
