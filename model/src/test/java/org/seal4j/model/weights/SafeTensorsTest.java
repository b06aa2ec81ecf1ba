package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.data.check.InputException;

class SafeTensorsTest {
  @TempDir Path folder;

  @Test
  void what_was_written_is_read_bit_for_bit() {
    INDArray a = Nd4j.createFromArray(new float[][] {{1, -0f, 3}, {Float.NaN, 1e-40f, -6}});
    INDArray b = Nd4j.arange(50_001).castTo(DataType.FLOAT); // longer than one staged piece
    INDArray c = Nd4j.scalar(7.5f);
    Path file = folder.resolve("x.safetensors");
    SafeTensors.write(file, Map.of("a", a, "b", b, "c", c), Map.of("note", "grün \"\n"));
    INDArray a2 = Nd4j.zeros(DataType.FLOAT, 2, 3);
    INDArray b2 = Nd4j.zeros(DataType.FLOAT, 50_001);
    INDArray c2 = Nd4j.scalar(0f);
    Map<String, String> metadata = SafeTensors.readInto(file, Map.of("a", a2, "b", b2, "c", c2));
    assertThat(metadata).containsExactly(Map.entry("note", "grün \"\n"));
    assertThat(SafeTensors.metadata(file)).isEqualTo(metadata);
    assertThat(a2.data().asBytes()).isEqualTo(a.data().asBytes());
    assertThat(b2.data().asBytes()).isEqualTo(b.data().asBytes());
    assertThat(c2.getFloat(0)).isEqualTo(7.5f);
  }

  @Test
  void the_bytes_are_those_of_the_format() throws IOException {
    Path file = folder.resolve("x.safetensors");
    Map<String, INDArray> backwards = new LinkedHashMap<>();
    backwards.put("b", Nd4j.createFromArray(2f));
    backwards.put("a", Nd4j.createFromArray(new float[][] {{1f}}));
    SafeTensors.write(file, backwards, Map.of("k", "v"));
    String header =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(length % 8).isZero();
    assertThat(
            new String(bytes, 8, length, StandardCharsets.UTF_8)
                .stripTrailing()
                .replaceFirst(",\"seal4j.proof\":\"seal4j-sha256:[0-9a-f]{64}\"", ""))
        .isEqualTo(header);
    assertThat(Arrays.copyOfRange(bytes, 8 + length, bytes.length))
        .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0x40);
  }

  @Test
  void the_read_position_of_a_view_is_its_own() {
    INDArray whole = Nd4j.arange(12).castTo(DataType.FLOAT).reshape(3, 4);
    INDArray rows = whole.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all());
    Path file = folder.resolve("x.safetensors");
    SafeTensors.write(file, Map.of("rows", rows), Map.of());
    INDArray read = Nd4j.zeros(DataType.FLOAT, 2, 4);
    SafeTensors.readInto(file, Map.of("rows", read));
    assertThat(read).isEqualTo(rows);
    assertThatThrownBy(() -> SafeTensors.write(file, Map.of("t", whole.transpose()), Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'t'")
        .hasMessageContaining("row-major");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|a JSON object",
        "{\"a\":|the text ends in the middle of a value",
        "{\"a\":1}|tensor 'a' must have exactly dtype, shape and data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}|exactly",
        "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}|'a' is of type 'I64' but only F32, F16, BF16 are read",
        "{\"a\":{\"dtype\":\"F4\",\"shape\":[4],\"data_offsets\":[0,8]}}|'a' is of type 'F4', which is not known",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}|'a'.shape must be a list",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}|'a'.shape must be a list",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}|must be [begin, end]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}|must be [begin, end]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}|needs 12 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}|impossible",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|4 bytes follow the last",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|there is a gap",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|they overlap",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}|it is truncated",
        "{\"a\":{},\"a\":{}}|the key 'a' is given twice",
        "{\"__metadata__\":{\"k\":1}}|__metadata__.k must be a text",
        "{\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}|missing [a], not expected [b]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}|a is [1, 2] instead of [2]"
      })
  void a_header_that_does_not_fit_is_refused(String header, String reason) throws IOException {
    Path file = folder.resolve("bad.safetensors");
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(16 + json.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(json.length).put(json).putLong(7).array());
    INDArray target = Nd4j.createFromArray(5f, 6f);
    assertThatThrownBy(() -> SafeTensors.readInto(file, Map.of("a", target)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("bad.safetensors")
        .hasMessageContaining(reason);
    assertThat(target.toFloatVector()).containsExactly(5f, 6f);
  }

  @Test
  void a_file_cut_anywhere_is_refused() throws IOException {
    Path file = folder.resolve("x.safetensors");
    SafeTensors.write(file, Map.of("a", Nd4j.createFromArray(1f, 2f)), Map.of());
    byte[] whole = Files.readAllBytes(file);
    INDArray target = Nd4j.zeros(DataType.FLOAT, 2);
    for (int n = 0; n < whole.length; n++) {
      Files.write(file, Arrays.copyOf(whole, n));
      assertThatThrownBy(() -> SafeTensors.readInto(file, Map.of("a", target)))
          .as("%d of %d bytes", n, whole.length)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("x.safetensors");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> SafeTensors.readInto(file, Map.of("a", target)))
        .hasMessageContaining("1 bytes follow the last tensor");
    assertThatThrownBy(() -> SafeTensors.metadata(folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file");
  }
}
