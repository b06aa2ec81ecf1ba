package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.testing.TinyModels;

class WeightsFileTest {
  private static final ModelConfig CONFIG =
      new ModelConfig(13, 12, 2, 4, 2, 6, 19, 1e-5, 100, true, true, true, 7);

  @TempDir Path folder;

  @Test
  void loaded_weights_are_bit_equal_to_the_saved_ones() {
    Path file = folder.resolve("w.safetensors");
    try (Weights saved = Weights.random(CONFIG, 0.5, 1, Seeds.of(1))) {
      WeightsFile.save(saved, file);
      assertThat(WeightsFile.config(file)).isEqualTo(CONFIG);
      try (Weights loaded = WeightsFile.load(CONFIG, file)) {
        assertThat(loaded.sha256()).isEqualTo(saved.sha256());
      }
    }
  }

  @Test
  void a_model_of_the_same_shapes_but_other_arithmetic_is_refused() {
    Path file = folder.resolve("w.safetensors");
    try (Weights saved = Weights.zeros(CONFIG)) {
      WeightsFile.save(saved, file);
      SafeTensors.write(folder.resolve("bare"), saved.arrays(), Map.of());
    }
    ModelConfig other = CONFIG.withPairPositions(7, 10000);
    assertThatThrownBy(() -> WeightsFile.load(other, file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("ropeTheta=100.0")
        .hasMessageContaining("ropeTheta=10000.0");
    assertThatThrownBy(() -> WeightsFile.load(CONFIG, folder.resolve("bare")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no metadata 'model'");
  }

  @Test
  void files_from_before_rope_scaling_are_still_read() {
    Path file = folder.resolve("old.safetensors");
    try (Weights saved = Weights.random(CONFIG, 0.5, 1, Seeds.of(1))) {
      WeightsFile.save(saved, file);
      String now = SafeTensors.metadata(file).get("model");
      String then = now.replaceFirst(",\"ropeScaling\":\\{[^}]*}", "");
      assertThat(then).doesNotContain("ropeScaling").hasSizeLessThan(now.length());
      SafeTensors.write(file, saved.arrays(), Map.of("model", then));
      assertThat(WeightsFile.config(file)).isEqualTo(CONFIG);
    }
  }

  @Test
  void files_from_before_gemma_are_still_read() {
    Path file = folder.resolve("old.safetensors");
    ModelConfig qwen3 = TinyModels.of(DecoderForm.qwen3(), false);
    try (Weights saved = Weights.random(qwen3, 0.5, 1, Seeds.of(1))) {
      WeightsFile.save(saved, file);
      String now = SafeTensors.metadata(file).get("model");
      String form = "\"form\":{\"headNorms\":true,\"unrotated\":[]";
      assertThat(now).contains(form + ",");
      String then = now.substring(0, now.indexOf(form)) + form + "}}";
      SafeTensors.write(file, saved.arrays(), Map.of("model", then));
      assertThat(WeightsFile.config(file)).isEqualTo(qwen3);
    }
  }

  @Test
  void a_form_is_kept_and_that_of_Llama_is_not_named() {
    Path file = folder.resolve("w.safetensors");
    for (ModelConfig config :
        List.of(
            TinyModels.of(DecoderForm.qwen3(), false),
            TinyModels.of(DecoderForm.smollm3(List.of(0, 2)), false),
            TinyModels.of(TinyModels.gemma2(), false),
            TinyModels.of(TinyModels.gemma3(), true))) {
      try (Weights saved = Weights.random(config, 0.5, 1, Seeds.of(1))) {
        WeightsFile.save(saved, file);
        assertThat(WeightsFile.config(file)).isEqualTo(config);
        WeightsFile.load(config, file).close();
        assertThatThrownBy(() -> WeightsFile.load(TinyModels.of(DecoderForm.llama(), false), file))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("is expected");
      }
    }
    try (Weights saved = Weights.zeros(CONFIG)) {
      WeightsFile.save(saved, file);
      assertThat(SafeTensors.metadata(file).get("model")).doesNotContain("form");
    }
  }
}
