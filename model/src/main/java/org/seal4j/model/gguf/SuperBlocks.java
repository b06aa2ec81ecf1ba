package org.seal4j.model.gguf;

import java.nio.ByteBuffer;
import org.seal4j.data.gguf.GgufType;

/** Blocks of 256 values in sixteen groups of 16, each with a scale of its own. */
final class SuperBlocks {
  private static final int VALUES = 256;
  private static final int GROUP = 16;
  private static final int GROUPS = 16;

  private SuperBlocks() {}

  /**
   * 16 bytes (scale below, minimum above), 64 bytes of quants of two bits, d, dmin: {@code (d
   * scale) q - (dmin minimum)}.
   */
  static void q2(ByteBuffer from, float[] to, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int at = b * GgufType.Q2_K.blockBytes();
      float d = SmallBlocks.half(from, at + 80);
      float dmin = SmallBlocks.half(from, at + 82);
      for (int group = 0; group < GROUPS; group++) {
        int pair = from.get(at + group);
        float scale = d * (pair & 15);
        float least = dmin * (pair >> 4 & 15);
        int quants = at + 16 + twoBits(group);
        int shift = group / 2 % 4 * 2;
        int out = b * VALUES + group * GROUP;
        for (int l = 0; l < GROUP; l++) {
          to[out + l] = scale * (from.get(quants + l) >> shift & 3) - least;
        }
      }
    }
  }

  /**
   * 32 bytes of third bits, 64 bytes of quants of two bits, 12 bytes with the sixteen scales of six
   * bits, d: {@code d (scale - 32) (q - 4)}.
   */
  static void q3(ByteBuffer from, float[] to, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int at = b * GgufType.Q3_K.blockBytes();
      float d = SmallBlocks.half(from, at + 108);
      for (int group = 0; group < GROUPS; group++) {
        int low = from.get(at + 96 + group % 8) >> (group / 8 * 4) & 15;
        int high = from.get(at + 104 + group % 4) >> (group / 4 * 2) & 3;
        float scale = d * ((low | high << 4) - 32);
        int thirds = at + group % 2 * GROUP;
        int quants = at + 32 + twoBits(group);
        int shift = group / 2 % 4 * 2;
        int out = b * VALUES + group * GROUP;
        for (int l = 0; l < GROUP; l++) {
          int third = from.get(thirds + l) >> (group / 2) & 1;
          to[out + l] = scale * (((from.get(quants + l) >> shift & 3) | (third << 2)) - 4);
        }
      }
    }
  }

  /** Each half of a block has 32 bytes; a pair of groups takes two bits of all of them. */
  private static int twoBits(int group) {
    return group / 8 * 32 + group % 2 * GROUP;
  }

  /**
   * 128 bytes of lower four bits, 64 bytes of upper two bits, sixteen signed scales, d: {@code (d
   * scale) (q - 32)}.
   */
  static void q6(ByteBuffer from, float[] to, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int at = b * GgufType.Q6_K.blockBytes();
      float d = SmallBlocks.half(from, at + 208);
      for (int group = 0; group < GROUPS; group++) {
        float scale = d * from.get(at + 192 + group);
        int half = group / 8;
        int row = group % 8 / 2; // of 32 values in its half
        int within = group % 2 * GROUP;
        int low = at + half * 64 + row % 2 * 32 + within;
        int high = at + 128 + half * 32 + within;
        int lowShift = row / 2 * 4;
        int highShift = row * 2;
        int out = b * VALUES + group * GROUP;
        for (int l = 0; l < GROUP; l++) {
          int q =
              (from.get(low + l) >> lowShift & 15) | ((from.get(high + l) >> highShift & 3) << 4);
          to[out + l] = scale * (q - 32);
        }
      }
    }
  }
}
