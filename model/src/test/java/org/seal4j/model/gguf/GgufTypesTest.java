package org.seal4j.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufTensor;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.model.plan.Tensors;

/**
 * Every type of blocks against the dequantisers of Python's gguf; origin: README.md beside them.
 */
class GgufTypesTest {
  private static Path file(String name) throws URISyntaxException {
    return Path.of(GgufTypesTest.class.getResource("/golden/gguf/" + name).toURI());
  }

  @Test
  void random_blocks_of_every_type_are_bit_for_bit_what_the_reference_makes_of_them()
      throws IOException, URISyntaxException {
    GgufHeader header = GgufHeader.read(file("types.gguf"));
    FloatBuffer expected =
        ByteBuffer.wrap(Files.readAllBytes(file("types.f32")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    assertThat(header.tensors()).hasSameSizeAs(GgufType.values());
    try (TensorSource source = TensorSource.open(header.file())) {
      for (GgufTensor tensor : header.tensors().values()) {
        assertThat(tensor.type()).isEqualTo(GgufType.valueOf(tensor.name()));
        try (INDArray array = Tensors.zeros(tensor.shape())) {
          source.read(tensor, array);
          FloatBuffer got = Tensors.of(array).f();
          for (int i = 0; i < tensor.length(); i++) {
            assertThat(Float.floatToRawIntBits(got.get(i)))
                .as("%s, value %d", tensor.type(), i)
                .isEqualTo(Float.floatToRawIntBits(expected.get()));
          }
        }
      }
    }
    assertThat(expected.hasRemaining()).isFalse();
  }
}
