package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.FuzzTrial;
import org.seal4j.data.testing.FuzzedJson;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.testing.Forward;

/**
 * Folders of every younger family whose keys or tensors lie: refused by file in one line, or read,
 * and then they compute something.
 */
class HfFamilyFuzzTest {
  private static final int CASES = 60;

  private static final List<String> KEYS =
      Stream.of(
              Stream.of("full_attention", "rope_type", "factor", "num_experts", "x\\u0000"),
              HfKeys.READ.stream(),
              Arrays.stream(HfType.values()).flatMap(type -> type.ownKeys().stream()))
          .flatMap(keys -> keys)
          .distinct()
          .sorted()
          .toList();

  @TempDir Path folder;

  private Path golden(String name) throws URISyntaxException {
    return Path.of(HfFamilyFuzzTest.class.getResource("/golden/hf/" + name).toURI());
  }

  private void compute() {
    try (ModelFolder model = ModelFolder.load(folder)) {
      assertThat(Forward.logits(model.weights(), 1, 0))
          .hasDimensions(2, model.config().vocabSize());
    }
  }

  private static void assertBoth(Map<String, Integer> outcomes) {
    assertThat(outcomes.get("refused")).isGreaterThan(CASES / 4);
    assertThat(outcomes.get("read")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"qwen3", "smollm3", "smollm3-listed", "gemma2", "gemma3", "gemma3-scaled"})
  @Tag("slow")
  void a_config_is_read_or_refused(String family) throws IOException, URISyntaxException {
    for (String file : List.of("config.json", TensorFiles.WHOLE)) {
      Files.copy(golden(family).resolve(file), folder.resolve(file));
    }
    Path config = folder.resolve("config.json");
    String sound = Files.readString(config);
    assertBoth(
        FuzzTrial.run(
            "config of " + family,
            folder.toString(),
            CASES,
            rng -> {
              String damaged = FuzzedJson.damage(sound, KEYS, rng);
              Files.writeString(config, damaged.replaceAll("[\ud800-\udfff]", "?"));
              compute();
            }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen3", "smollm3", "gemma2", "gemma3"})
  @Tag("slow")
  void tensors_are_read_or_refused(String family) throws IOException, URISyntaxException {
    Files.copy(golden(family).resolve("config.json"), folder.resolve("config.json"));
    Path file = folder.resolve(TensorFiles.WHOLE);
    try (ModelFolder model = ModelFolder.load(golden(family))) {
      Map<String, INDArray> sound = new TreeMap<>(model.weights().arrays());
      assertBoth(
          FuzzTrial.run(
              "tensors of " + family,
              folder.toString(),
              CASES,
              rng -> {
                SafeTensors.write(file, damaged(sound, rng), Map.of());
                compute();
              }));
    }
  }

  /**
   * One tensor, mostly the gain of a norm, is gone, has another name or shape, or none of these.
   */
  private static Map<String, INDArray> damaged(Map<String, INDArray> sound, Rng rng) {
    Map<String, INDArray> damaged = new TreeMap<>(sound);
    List<String> names =
        new TreeSet<>(sound.keySet())
            .stream().filter(name -> rng.nextInt(4) == 0 || name.contains("norm")).toList();
    String name = names.get(rng.nextInt(names.size()));
    String other = names.get(rng.nextInt(names.size()));
    INDArray array = sound.get(name);
    switch (rng.nextInt(6)) {
      case 0 -> damaged.remove(name);
      case 1 -> damaged.put(other, damaged.remove(name));
      case 2 -> damaged.put(name.replace("norm", "gate"), array);
      case 3 -> damaged.put(name, array.reshape(1, array.length()));
      case 4 -> damaged.put(name, Tensors.zeros(array.length() + rng.between(-1, 1)));
      default -> damaged.put(name, sound.get(other));
    }
    return damaged;
  }
}
