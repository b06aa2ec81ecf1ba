package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.kernel.HalfFloats;

class HalfFloatsTest {
  @TempDir Path folder;

  /** The value that the definition of the format gives, in double. */
  private static double defined(int bits, int exponentBits, int mantissaBits) {
    int bias = (1 << exponentBits - 1) - 1;
    int exponent = bits >> mantissaBits & (1 << exponentBits) - 1;
    int mantissa = bits & (1 << mantissaBits) - 1;
    double sign = bits >> exponentBits + mantissaBits == 0 ? 1 : -1;
    if (exponent == (1 << exponentBits) - 1) {
      return mantissa == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    double size = mantissa * Math.pow(2, -mantissaBits) + (exponent == 0 ? 0 : 1);
    return sign * size * Math.pow(2, Math.max(exponent, 1) - bias);
  }

  @Test
  void all_65536_halves_of_both_kinds_have_their_value() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertThat((double) HalfFloats.fromF16((short) bits))
          .as("F16 %x", bits)
          .isEqualTo(Double.valueOf(defined(bits, 5, 10)));
      assertThat((double) HalfFloats.fromBf16((short) bits))
          .as("BF16 %x", bits)
          .isEqualTo(Double.valueOf(defined(bits, 8, 7)));
    }
  }

  @Test
  void a_file_of_half_floats_is_read_as_float32_over_several_pieces() throws IOException {
    int count = (1 << 20) + 3;
    for (String type : new String[] {"F16", "BF16"}) {
      String header =
          "{\"a\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
              .formatted(type, count, 2 * count);
      ByteBuffer bytes =
          ByteBuffer.allocate(8 + header.length() + 2 * count).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < count; i++) {
        bytes.putShort((short) (i % 0x7000));
      }
      Path file = Files.write(folder.resolve(type), bytes.array());
      INDArray target = Nd4j.zeros(DataType.FLOAT, count);
      SafeTensors.readInto(file, Map.of("a", target));
      for (int i = 0; i < count; i += 4093) {
        assertThat((double) target.getFloat(i))
            .isEqualTo(type.equals("F16") ? defined(i % 0x7000, 5, 10) : defined(i % 0x7000, 8, 7));
      }
      assertThat((double) target.getFloat(count - 1))
          .isEqualTo(
              defined(
                  (count - 1) % 0x7000, type.equals("F16") ? 5 : 8, type.equals("F16") ? 10 : 7));
    }
  }

  @Test
  void every_half_comes_back_and_what_lies_between_goes_to_the_nearest() {
    for (int bits = 0; bits < 0x7bff; bits++) { // the last but one of the finite ones
      float value = HalfFloats.fromF16((short) bits);
      float next = HalfFloats.fromF16((short) (bits + 1));
      float middle = value / 2 + next / 2;
      assertThat(HalfFloats.toF16(value)).isEqualTo((short) bits);
      assertThat(HalfFloats.toF16(-value)).isEqualTo((short) (bits | 0x8000));
      assertThat(HalfFloats.toF16(middle)).isEqualTo((short) (bits + (bits & 1)));
      assertThat(HalfFloats.toF16(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(HalfFloats.toF16(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
    }
    assertThat(HalfFloats.toF16(65519f)).isEqualTo((short) 0x7bff);
    assertThat(HalfFloats.toF16(65520f)).isEqualTo((short) 0x7c00);
    assertThat(HalfFloats.toF16(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xfc00);
    assertThat(HalfFloats.fromF16(HalfFloats.toF16(Float.NaN))).isNaN();
  }
}
