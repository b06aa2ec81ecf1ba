package org.seal4j.model.kernel;

/** The 16-bit floats of checkpoints as float32, exactly: every one of them has its float32. */
public final class HalfFloats {
  private static final float SUBNORMAL_UNIT = 0x1p-24f;

  private HalfFloats() {}

  /** IEEE 754 binary16: 1 sign, 5 exponent, 10 mantissa bits. */
  public static float fromF16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1f;
    int mantissa = bits & 0x3ff;
    if (exponent == 0) {
      float size = mantissa * SUBNORMAL_UNIT;
      return sign == 0 ? size : -size;
    }
    int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
  }

  /** The binary16 nearest to a number, of two the one with an even last bit. */
  public static short toF16(float x) {
    int bits = Float.floatToRawIntBits(x);
    int sign = bits >>> 16 & 0x8000;
    int size = bits & 0x7fffffff;
    if (size > 0x7f800000) {
      return (short) (sign | 0x7e00); // not a number
    }
    if (size < 0x38800000) { // less than 2^-14: a multiple of 2^-24
      return (short) (sign | (int) Math.rint(Math.abs(x) / SUBNORMAL_UNIT));
    }
    int half = ((size + 0xfff + (size >>> 13 & 1)) >>> 13) - ((127 - 15) << 10);
    return (short) (sign | Math.min(half, 0x7c00));
  }

  /** The bfloat16 nearest to a number, of two the one with an even last bit. */
  public static short toBf16(float x) {
    int bits = Float.floatToRawIntBits(x);
    if ((bits & 0x7fffffff) > 0x7f800000) {
      return (short) (bits >>> 16 | 0x40); // not a number
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }

  /** bfloat16: the upper half of a float32. */
  public static float fromBf16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Converts the first n; a method of its own, so that the JVM compiles it as vectors early. */
  public static void fromF16(short[] bits, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = fromF16(bits[i]);
    }
  }

  /** Converts the first n. */
  public static void fromBf16(short[] bits, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Float.intBitsToFloat(bits[i] << 16);
    }
  }
}
