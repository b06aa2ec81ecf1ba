package org.seal4j.model.gguf;

import java.nio.ByteBuffer;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.model.kernel.HalfFloats;

/**
 * Blocks of 32 values with a scale d of 16 bits, those named _1 with a smallest value m besides.
 * Quants of four bits stand two in a byte: byte j holds value j in its lower half and value j + 16
 * in its upper half; a fifth bit of all stands in four bytes before them.
 */
final class SmallBlocks {
  private static final int VALUES = 32;
  private static final int HALF = 16;

  private SmallBlocks() {}

  /** d, 16 bytes: {@code d (q - 8)}. */
  static void q4with0(ByteBuffer from, float[] to, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int at = b * GgufType.Q4_0.blockBytes();
      float d = half(from, at);
      for (int j = 0; j < HALF; j++) {
        int q = from.get(at + 2 + j);
        to[b * VALUES + j] = d * ((q & 15) - 8);
        to[b * VALUES + HALF + j] = d * ((q >> 4 & 15) - 8);
      }
    }
  }

  /** d, m, 16 bytes: {@code d q + m}. */
  static void q4with1(ByteBuffer from, float[] to, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int at = b * GgufType.Q4_1.blockBytes();
      float d = half(from, at);
      float m = half(from, at + 2);
      for (int j = 0; j < HALF; j++) {
        int q = from.get(at + 4 + j);
        to[b * VALUES + j] = d * (q & 15) + m;
        to[b * VALUES + HALF + j] = d * (q >> 4 & 15) + m;
      }
    }
  }

  /** d, four bytes of fifth bits, 16 bytes: {@code d (q - 16)}. */
  static void q5with0(ByteBuffer from, float[] to, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int at = b * GgufType.Q5_0.blockBytes();
      float d = half(from, at);
      int high = from.getInt(at + 2);
      for (int j = 0; j < HALF; j++) {
        int q = from.get(at + 6 + j);
        to[b * VALUES + j] = d * (((q & 15) | ((high >> j & 1) << 4)) - 16);
        to[b * VALUES + HALF + j] = d * (((q >> 4 & 15) | ((high >> (j + HALF) & 1) << 4)) - 16);
      }
    }
  }

  /** d, m, four bytes of fifth bits, 16 bytes: {@code d q + m}. */
  static void q5with1(ByteBuffer from, float[] to, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int at = b * GgufType.Q5_1.blockBytes();
      float d = half(from, at);
      float m = half(from, at + 2);
      int high = from.getInt(at + 4);
      for (int j = 0; j < HALF; j++) {
        int q = from.get(at + 8 + j);
        to[b * VALUES + j] = d * ((q & 15) | ((high >> j & 1) << 4)) + m;
        to[b * VALUES + HALF + j] = d * ((q >> 4 & 15) | ((high >> (j + HALF) & 1) << 4)) + m;
      }
    }
  }

  /** d, 32 signed bytes: {@code d q}. */
  static void q8with0(ByteBuffer from, float[] to, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int at = b * GgufType.Q8_0.blockBytes();
      float d = half(from, at);
      for (int j = 0; j < VALUES; j++) {
        to[b * VALUES + j] = d * from.get(at + 2 + j);
      }
    }
  }

  /** A number of 16 bits. */
  static float half(ByteBuffer from, int at) {
    return HalfFloats.fromF16(from.getShort(at));
  }
}
