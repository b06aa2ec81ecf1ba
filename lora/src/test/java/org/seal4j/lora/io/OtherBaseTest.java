package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.SafeTensors;

/** An adapter over a model whose shapes fit and whose weights are others. */
class OtherBaseTest {
  private static final ModelConfig SIZES = ModelConfig.small(17, 16, 2, 2, 24);

  @TempDir Path temp;

  private Path adapter(String name, Map<String, String> notes) {
    LoraConfig lora = new LoraConfig(4, 8, false, TargetModules.allLinear());
    Path folder = temp.resolve(name);
    try (AdapterBank bank = new AdapterBank(1, SIZES, lora);
        PeftAdapter made = PeftAdapter.of(SIZES, bank, 0, "base")) {
      made.save(folder, notes);
    }
    return folder;
  }

  @Test
  void an_adapter_that_names_its_base_warns_over_every_other_one() throws IOException {
    try (Weights own = Weights.random(SIZES, 0.5, 1, Seeds.of(4));
        Weights other = Weights.random(SIZES, 0.5, 1, Seeds.of(5))) {
      Path folder = adapter("noted", Map.of(PeftAdapter.BASE_HASH, own.sha256()));
      Path again = temp.resolve("again");
      try (PeftAdapter read = PeftAdapter.load(folder, SIZES)) {
        assertThat(read.warnings(own)).isEmpty();
        assertThat(read.warnings(other))
            .singleElement()
            .asString()
            .startsWith("the adapter was trained over weights with the SHA-256 " + own.sha256())
            .contains("but those of this model have " + other.sha256());
        read.save(again);
      }
      assertThat(SafeTensors.metadata(again.resolve(PeftAdapter.TENSORS)))
          .as("the note stays when the adapter is written again")
          .containsEntry(PeftAdapter.BASE_HASH, own.sha256());
    }
  }

  @Test
  void an_adapter_that_names_no_base_goes_over_all_of_its_shapes() {
    Path folder = adapter("plain", Map.of());
    try (Weights weights = Weights.random(SIZES, 0.5, 1, Seeds.of(4));
        PeftAdapter read = PeftAdapter.load(folder, SIZES)) {
      assertThat(read.warnings(weights)).isEmpty();
    }
  }
}
