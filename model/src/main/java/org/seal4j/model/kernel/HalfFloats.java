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
