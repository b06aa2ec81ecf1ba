package org.seal4j.model.gguf;

import java.nio.ByteBuffer;
import org.seal4j.data.gguf.GgufType;

/**
 * Blocks of 256 values in eight groups of 32, each with a scale and a minimum of six bits: d and
 * dmin of 16 bits, 12 bytes with the eight pairs, then quants. A value is {@code (d scale) q -
 * (dmin minimum)}. Byte l of 32 holds value l of an even group in its lower half and value l of the
 * next group in its upper half.
 */
final class ScaledBlocks {
  private static final int VALUES = 256;
  private static final int GROUP = 32;
  private static final int PAIRS = 4;

  private ScaledBlocks() {}

  /** 128 bytes of quants of four bits. */
  static void q4(ByteBuffer from, float[] to, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int at = b * GgufType.Q4_K.blockBytes();
      for (int group = 0; group < 8; group++) {
        float scale = scale(from, at, group);
        float least = least(from, at, group);
        int quants = at + 16 + group / 2 * GROUP;
        int shift = group % 2 * 4;
        int out = b * VALUES + group * GROUP;
        for (int l = 0; l < GROUP; l++) {
          to[out + l] = scale * (from.get(quants + l) >> shift & 15) - least;
        }
      }
    }
  }

  /** 32 bytes of fifth bits, bit g of each for group g, then as {@link #q4}. */
  static void q5(ByteBuffer from, float[] to, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int at = b * GgufType.Q5_K.blockBytes();
      for (int group = 0; group < 8; group++) {
        float scale = scale(from, at, group);
        float least = least(from, at, group);
        int high = at + 16;
        int quants = high + GROUP + group / 2 * GROUP;
        int shift = group % 2 * 4;
        int out = b * VALUES + group * GROUP;
        for (int l = 0; l < GROUP; l++) {
          int fifth = from.get(high + l) >> group & 1;
          to[out + l] = scale * ((from.get(quants + l) >> shift & 15) | (fifth << 4)) - least;
        }
      }
    }
  }

  /** d times the scale of a group. */
  private static float scale(ByteBuffer from, int at, int group) {
    int pairs = at + 4;
    int scale =
        group < PAIRS
            ? from.get(pairs + group) & 63
            : (from.get(pairs + group + 4) & 15) | ((from.get(pairs + group - 4) >> 6 & 3) << 4);
    return SmallBlocks.half(from, at) * scale;
  }

  /** dmin times the minimum of a group. */
  private static float least(ByteBuffer from, int at, int group) {
    int pairs = at + 4;
    int least =
        group < PAIRS
            ? from.get(pairs + group + 4) & 63
            : (from.get(pairs + group + 4) >> 4 & 15) | ((from.get(pairs + group) >> 6 & 3) << 4);
    return SmallBlocks.half(from, at + 2) * least;
  }
}
