package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.model.kernel.HalfFloats;

/**
 * Damaged files: each is either refused in one short sentence that names the file, or read as its
 * own header says, byte by byte; never a crash, a hang or an allocation beyond the file's size.
 */
@Tag("slow")
class SafeTensorsFuzzTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int CASES = 6_000;
  private static final long MOST_BYTES = 8_000_000;
  private static final int LONGEST_MESSAGE = 1200;

  @TempDir Path folder;
  private byte[] sound;
  private boolean warm;

  @BeforeEach
  void make_a_sound_file() throws IOException {
    sound = FuzzedFile.sound();
    assertThat(outcome(Seeds.of(1).rng(), sound)).isEqualTo("read");
    warm = true; // from here on ND4J's own start no longer counts
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void damaged_files_are_refused_or_read_as_their_header_says() throws IOException {
    long seed = TestSeeds.value("fuzz", 20261121L);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int i = 0; i < CASES; i++) {
      Rng rng = Seeds.of(seed).child("safetensors", i).rng();
      byte[] damaged = FuzzedFile.damage(sound, rng);
      try {
        outcomes.merge(outcome(rng, damaged), 1, Integer::sum);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("case " + i + ": " + shown(damaged), e);
      }
    }
    System.out.println(outcomes);
    assertThat(outcomes.get("refused")).isGreaterThan(CASES / 2);
    assertThat(outcomes.get("read")).isGreaterThan(CASES / 50);
  }

  private String outcome(Rng rng, byte[] bytes) throws IOException {
    Path file = folder.resolve("fuzzed.safetensors");
    Files.write(file, bytes);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      for (Map.Entry<String, long[]> tensor : reader.shapes().entrySet()) {
        long[] shape = tensor.getValue();
        INDArray target = Nd4j.zeros(DataType.FLOAT, Math.max(1, length(shape)));
        INDArray shaped = length(shape) == 0 ? target : target.reshape(shape);
        if (length(shape) > 0) {
          reader.read(tensor.getKey(), shaped);
          requireAsStored(bytes, tensor.getKey(), target);
        }
      }
      return "read";
    } catch (InputException e) {
      assertThat(e.getMessage())
          .contains("fuzzed.safetensors")
          .hasSizeLessThan(LONGEST_MESSAGE)
          .hasLineCount(1);
      return "refused";
    } finally {
      long allocated = memory.getCurrentThreadAllocatedBytes() - before;
      assertThat(warm ? allocated : 0).isLessThan(MOST_BYTES);
    }
  }

  private static long length(long[] shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return length;
  }

  /** Decodes the tensor from the file's bytes once more, by the format's definition alone. */
  private static void requireAsStored(byte[] bytes, String name, INDArray got) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) file.getLong(0);
    JsonNode entry = JSON.readTree(new String(bytes, 8, header, StandardCharsets.UTF_8)).path(name);
    int at = 8 + header + entry.path("data_offsets").get(0).asInt();
    float[] values = got.data().asFloat();
    for (int i = 0; i < values.length; i++) {
      int bits =
          switch (entry.path("dtype").asText()) {
            case "F32" -> file.getInt(at + 4 * i);
            case "BF16" -> file.getShort(at + 2 * i) << 16;
            default -> Float.floatToRawIntBits(HalfFloats.fromF16(file.getShort(at + 2 * i)));
          };
      if (Float.floatToRawIntBits(values[i]) != bits) {
        throw new AssertionError(name + "[" + i + "] is " + values[i] + " but stored otherwise");
      }
    }
  }

  private static String shown(byte[] bytes) {
    return new String(bytes, 0, Math.min(bytes.length, 900), StandardCharsets.ISO_8859_1);
  }
}
