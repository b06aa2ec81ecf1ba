package org.seal4j.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.FuzzTrial;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;
import org.seal4j.model.graph.RopeScaling;
import org.seal4j.model.testing.Forward;
import org.seal4j.model.testing.TinyModels;
import org.seal4j.model.weights.ModelFolder;

/**
 * GGUF files of every younger family that are damaged or lie: refused by file in one line, or read,
 * and then they compute something.
 */
class GgufFamilyFuzzTest {
  private static final int CASES = 60;

  private static final List<Object> VALUES =
      List.of(
          0,
          1,
          2,
          3,
          5,
          7,
          64,
          -1,
          Integer.MAX_VALUE,
          0f,
          -1f,
          0.5f,
          1e30f,
          Float.NaN,
          "",
          "gemma3",
          "linear",
          true,
          false,
          List.of(1, 0, 1),
          List.of());

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("model.gguf");
  }

  private void compute() {
    try (ModelFolder model = ModelFolder.load(file())) {
      assertThat(Forward.logits(model.weights(), 1, 0))
          .hasDimensions(2, model.config().vocabSize());
    }
  }

  private static void assertBoth(Map<String, Integer> outcomes) {
    assertThat(outcomes.get("refused")).isGreaterThan(CASES / 4);
    assertThat(outcomes.get("read")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen3", "smollm3", "gemma2", "gemma3"})
  @Tag("slow")
  void damaged_bytes_are_read_or_refused(String family) throws IOException, URISyntaxException {
    Path golden =
        Path.of(GgufFamilyFuzzTest.class.getResource("/golden/gguf/" + family + ".gguf").toURI());
    byte[] sound = Files.readAllBytes(golden);
    GgufHeader header = GgufHeader.read(golden);
    assertBoth(
        FuzzTrial.run(
            "bytes of " + family,
            file().toString(),
            CASES,
            rng -> {
              Files.write(file(), FuzzedGguf.damage(sound, header, rng));
              compute();
            }));
  }

  private static ModelConfig model(GgufFamily family) {
    DecoderForm form =
        switch (family) {
          case LLAMA, QWEN2 -> DecoderForm.llama();
          case QWEN3 -> DecoderForm.qwen3();
          case SMOLLM3 -> DecoderForm.smollm3(List.of());
          case GEMMA2 -> TinyModels.gemma2();
          case GEMMA3 -> TinyModels.gemma3();
        };
    boolean tied = family == GgufFamily.GEMMA2;
    return new ModelConfig(
        9, 12, 3, 4, 2, 6, 8, 1e-6, 100, false, tied, false, 0, RopeScaling.none(), form);
  }

  @ParameterizedTest
  @EnumSource(names = {"QWEN3", "SMOLLM3", "GEMMA2", "GEMMA3"})
  @Tag("slow")
  void lying_keys_and_tensors_are_read_or_refused(GgufFamily family) {
    assertBoth(
        FuzzTrial.run(
            "keys of " + family.word(),
            file().toString(),
            CASES,
            rng -> {
              write(family, rng);
              compute();
            }));
  }

  /** A sound file but for one to three keys or tensors. */
  private void write(GgufFamily family, Rng rng) {
    Map<String, Object> keys = keys(family, model(family));
    Map<String, long[]> tensors = new LinkedHashMap<>();
    WeightNames.shapes(model(family))
        .forEach((name, shape) -> tensors.put(GgufNames.of(name, model(family).form()), shape));
    int times = rng.between(1, 3);
    for (int i = 0; i < times; i++) {
      if (rng.nextInt(3) > 0) {
        lie(family, keys, rng);
      } else {
        damage(tensors, rng);
      }
    }
    GgufWriter writer = new GgufWriter();
    keys.forEach((key, value) -> put(writer, key, value));
    tensors.forEach(
        (name, shape) -> {
          int bytes = Math.toIntExact(4 * Arrays.stream(shape).reduce(1, (a, b) -> a * b));
          writer.tensor(name, shape, GgufType.F32, () -> ByteBuffer.allocate(bytes));
        });
    writer.write(file());
  }

  private static Map<String, Object> keys(GgufFamily family, ModelConfig c) {
    String at = family.word() + ".";
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("general.architecture", family.word());
    keys.put(at + "context_length", 64);
    keys.put(at + "embedding_length", c.dim());
    keys.put(at + "block_count", c.layers());
    keys.put(at + "feed_forward_length", c.ffDim());
    keys.put(at + "attention.head_count", c.heads());
    keys.put(at + "attention.head_count_kv", c.kvHeads());
    keys.put(at + "attention.key_length", c.headSize());
    keys.put(at + "attention.value_length", c.headSize());
    keys.put(at + "attention.layer_norm_rms_epsilon", 1e-6f);
    keys.put(at + "rope.freq_base", 100f);
    GgufForm.ownKeys(family).stream().sorted().forEach(key -> keys.put(at + key, 5));
    return keys;
  }

  private static void lie(GgufFamily family, Map<String, Object> keys, Rng rng) {
    List<String> names = List.copyOf(keys.keySet());
    String key = names.get(rng.nextInt(names.size()));
    Object value = VALUES.get(rng.nextInt(VALUES.size()));
    switch (rng.nextInt(5)) {
      case 0 -> keys.remove(key);
      case 1 -> keys.put(family.word() + ".attention.sliding_window", value);
      case 2 -> keys.put(family.word() + ".attention.sliding_window_pattern", value);
      default -> keys.put(key, value);
    }
  }

  private static void damage(Map<String, long[]> tensors, Rng rng) {
    List<String> names =
        tensors.keySet().stream().filter(n -> n.contains("norm") || rng.nextInt(4) == 0).toList();
    String name = names.get(rng.nextInt(names.size()));
    long[] shape = tensors.getOrDefault(name, new long[] {1});
    switch (rng.nextInt(5)) {
      case 0 -> tensors.remove(name);
      case 1 -> tensors.put(name.replace("norm", "gate"), shape);
      case 2 -> tensors.put(name, new long[] {1, shape[0]});
      case 3 -> tensors.put(name, new long[] {shape[0] + 1});
      default -> tensors.put(name.replace("blk.0", "blk.1"), shape);
    }
  }

  private static void put(GgufWriter writer, String key, Object value) {
    if (value instanceof Integer number) {
      writer.number(key, number);
    } else if (value instanceof Float number) {
      writer.number(key, number);
    } else if (value instanceof Boolean flag) {
      writer.flag(key, flag);
    } else if (value instanceof List<?> list) {
      writer.integers(key, list.stream().map(Integer.class::cast).toList());
    } else {
      writer.text(key, value.toString());
    }
  }
}
