package org.seal4j.model.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.seal4j.data.check.Checks;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.model.kernel.HalfFloats;

/** Makes blocks of float32: F32, F16, Q8_0 and Q4_0, by the rules of ggml's reference. */
final class BlockEncoder {
  private BlockEncoder() {}

  /** The blocks of all these values, whose number the block divides. */
  static ByteBuffer encode(FloatBuffer values, GgufType type) {
    int blocks = values.remaining() / type.blockValues();
    long bytes = (long) blocks * type.blockBytes();
    Checks.require(
        bytes <= Integer.MAX_VALUE, "a tensor of %d bytes is too large for one piece", bytes);
    ByteBuffer to = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] block = new float[type.blockValues()];
    for (int b = 0; b < blocks; b++) {
      values.get(values.position() + b * block.length, block);
      switch (type) {
        case F32 -> to.putFloat(block[0]);
        case F16 -> to.putShort(HalfFloats.toF16(block[0]));
        case Q8_0 -> q8with0(block, to);
        case Q4_0 -> q4with0(block, to);
        default -> throw Checks.refuse("tensors of type %s are not written", type);
      }
    }
    return to.flip();
  }

  /** {@code d = max |x| / 127}, {@code q = round(x / d)}, halves away from zero. */
  private static void q8with0(float[] block, ByteBuffer to) {
    float most = 0;
    for (float x : block) {
      most = Math.max(most, Math.abs(x));
    }
    float d = most / 127;
    float inverse = d == 0 ? 0 : 1 / d;
    to.putShort(HalfFloats.toF16(d));
    for (float x : block) {
      float size = Math.abs(x * inverse);
      int whole = (int) size;
      int q = size - whole < 0.5f ? whole : whole + 1;
      to.put((byte) (x < 0 ? -q : q));
    }
  }

  /** {@code d = (the value furthest from 0) / -8}, {@code q = min(15, (int) (x / d + 8.5))}. */
  private static void q4with0(float[] block, ByteBuffer to) {
    float furthest = 0;
    for (float x : block) {
      furthest = Math.abs(x) > Math.abs(furthest) ? x : furthest;
    }
    float d = furthest / -8;
    float inverse = d == 0 ? 0 : 1 / d;
    to.putShort(HalfFloats.toF16(d));
    for (int j = 0; j < block.length / 2; j++) {
      int low = quant(block[j], inverse);
      int high = quant(block[j + block.length / 2], inverse);
      to.put((byte) (low | (high << 4)));
    }
  }

  private static int quant(float x, float inverse) {
    return Math.min(15, (int) ((double) x * inverse + 8.5));
  }
}
