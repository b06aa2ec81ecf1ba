package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.SharedData;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.model.weights.WeightsFile;

/** Models that others have trained, merged with an adapter that went through files. */
class MergedFilesTest {
  @TempDir Path folder;

  private static AdapterBank noisyBank(ModelConfig model) {
    LoraConfig lora = new LoraConfig(8, 16, false, TargetModules.allLinear());
    AdapterBank bank = new AdapterBank(1, model, lora);
    bank.initialise(0, Seeds.of(5));
    Rng rng = Seeds.of(6).rng();
    bank.factors()
        .values()
        .forEach(
            f -> {
              for (long i = 0; i < f.b().length(); i++) {
                f.b().putScalar(i, 0.02 * rng.nextGaussian());
              }
            });
    return bank;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tinystories-656k", "stories260K"})
  void a_merged_model_gives_the_logits_of_base_and_adapter_also_from_its_own_folder(String name) {
    try (ModelFolder model = ModelFolder.load(SharedData.orSkip("weights/" + name));
        AdapterBank made = noisyBank(model.config());
        PeftAdapter stored = PeftAdapter.of(model.config(), made, 0, name)) {
      stored.save(folder.resolve("adapter"));
      try (PeftAdapter adapter = PeftAdapter.load(folder.resolve("adapter"), model.config());
          AdapterBank bank = adapter.toBank()) {
        float[] base = TinyModels.logits(model.weights(), null);
        float[] adapted = TinyModels.logits(model.weights(), TinyModels.single(bank, 0));
        Merge.merge(model.weights(), bank, 0).close();
        model.save(folder.resolve("merged"));
        try (ModelFolder merged = ModelFolder.load(folder.resolve("merged"))) {
          float[] logits = TinyModels.logits(merged.weights(), null);
          assertThat(Tokenizers.load(merged.tokenizer().orElseThrow()).encode("Once upon a time"))
              .isEqualTo(
                  Tokenizers.load(model.tokenizer().orElseThrow()).encode("Once upon a time"));
          assertThat(TinyModels.largestDifference(adapted, base)).isGreaterThan(0.1);
          double largest = TinyModels.largestDifference(adapted, new float[adapted.length]);
          double difference = TinyModels.largestDifference(logits, adapted);
          System.out.printf("%s: %.2e of %.1f%n", name, difference, largest);
          assertThat(difference).isLessThan(1e-5 * Math.max(1, largest));
        }
      }
    }
  }

  @Test
  void unmerging_gives_back_the_very_bytes_of_the_file() {
    Path source = SharedData.orSkip("weights/tinystories-656k");
    try (ModelFolder model = ModelFolder.load(source);
        AdapterBank bank = noisyBank(model.config())) {
      WeightsFile.save(model.weights(), folder.resolve("before"));
      MergedAdapter merge = Merge.merge(model.weights(), bank, 0);
      WeightsFile.save(model.weights(), folder.resolve("merged"));
      merge.unmerge();
      WeightsFile.save(model.weights(), folder.resolve("after"));
      assertThat(folder.resolve("after")).hasSameBinaryContentAs(folder.resolve("before"));
      try (ModelFolder again = ModelFolder.load(source)) {
        List<String> names = List.copyOf(again.weights().arrays().keySet());
        for (String name : names) {
          INDArray stored = again.weights().get(name);
          assertThat(stored).isEqualTo(model.weights().get(name));
        }
        assertThat(again.weights().sha256()).isEqualTo(model.weights().sha256());
      }
      assertThat(folder.resolve("merged").toFile())
          .hasSize(folder.resolve("before").toFile().length());
    }
  }
}
