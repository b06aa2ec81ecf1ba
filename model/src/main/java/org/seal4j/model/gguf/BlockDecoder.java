package org.seal4j.model.gguf;

import java.nio.ByteBuffer;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.model.kernel.HalfFloats;

/** Makes float32 of the blocks of one type. */
@FunctionalInterface
interface BlockDecoder {
  /**
   * Decodes blocks side by side.
   *
   * @param from the blocks, little-endian
   * @param to gets the values, from its beginning on
   * @param blocks how many
   */
  void decode(ByteBuffer from, float[] to, int blocks);

  /** The one for a type. */
  static BlockDecoder of(GgufType type) {
    return switch (type) {
      case F32 -> (from, to, blocks) -> from.asFloatBuffer().get(to, 0, blocks);
      case F16 -> BlockDecoder::halves;
      case BF16 -> BlockDecoder::bf16;
      case Q4_0 -> SmallBlocks::q4with0;
      case Q4_1 -> SmallBlocks::q4with1;
      case Q5_0 -> SmallBlocks::q5with0;
      case Q5_1 -> SmallBlocks::q5with1;
      case Q8_0 -> SmallBlocks::q8with0;
      case Q2_K -> SuperBlocks::q2;
      case Q3_K -> SuperBlocks::q3;
      case Q4_K -> ScaledBlocks::q4;
      case Q5_K -> ScaledBlocks::q5;
      case Q6_K -> SuperBlocks::q6;
    };
  }

  private static void halves(ByteBuffer from, float[] to, int blocks) {
    for (int i = 0; i < blocks; i++) {
      to[i] = HalfFloats.fromF16(from.getShort(2 * i));
    }
  }

  private static void bf16(ByteBuffer from, float[] to, int blocks) {
    for (int i = 0; i < blocks; i++) {
      to[i] = HalfFloats.fromBf16(from.getShort(2 * i));
    }
  }
}
