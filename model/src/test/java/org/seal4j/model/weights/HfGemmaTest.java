package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.testing.TinyModels;

/** How files of Gemma hold the gains of norms. */
class HfGemmaTest {
  @TempDir Path folder;

  /** Files of Gemma hold what is added to one; both ways nothing is rounded but below one half. */
  @Test
  void gains_of_gemma_are_stored_less_one() {
    ModelConfig config = TinyModels.of(TinyModels.gemma3(), false);
    try (Weights weights = TinyModels.weights(config, Seeds.of(4))) {
      ModelFolder.save(weights, 64, List.of(), folder.resolve("gains"));
      Path file = folder.resolve("gains").resolve(TensorFiles.WHOLE);
      try (Weights stored = Weights.zeros(config);
          ModelFolder back = ModelFolder.load(folder.resolve("gains"))) {
        SafeTensors.readInto(file, stored.arrays());
        weights
            .arrays()
            .forEach(
                (name, array) -> {
                  boolean gain = name.contains("norm");
                  for (long i = 0; i < array.length(); i++) {
                    float own = array.getFloat(i);
                    assertThat(stored.get(name).getFloat(i)).isEqualTo(gain ? own - 1 : own);
                    assertThat(back.weights().get(name).getFloat(i))
                        .isCloseTo(own, within(gain && own < 0.5f ? 6e-8f : 0f));
                  }
                });
        assertThat(weights.arrays().keySet().stream().filter(name -> name.contains("norm")))
            .hasSize(6 * config.layers() + 1);
      }
    }
  }
}
