package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.run.Experiments;

/** Commands say when an adapter belongs to other weights. */
class OtherBaseCommandTest {
  private static final ModelConfig SIZES = ModelConfig.small(17, 16, 2, 2, 24);

  @TempDir Path home;
  private final StringWriter err = new StringWriter();

  private int export(Path model, Path adapter, Path out, String format) {
    err.getBuffer().setLength(0);
    List<String> words =
        List.of(
            "export",
            "--format",
            format,
            "--model",
            model.toString(),
            "--adapter",
            adapter.toString(),
            "--out",
            out.toString());
    Seal seal = new Seal(new Experiments(List.of()), Optional.of(home), (again, env) -> 99);
    return seal.run(words, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
  }

  private Path model(String name, int seed) {
    Path folder = home.resolve(name);
    try (Weights weights = Weights.random(SIZES, 0.5, 1, Seeds.of(seed))) {
      ModelFolder.save(weights, 77, List.of(3), folder);
    }
    return folder;
  }

  @Test
  @Tag("slow")
  void an_adapter_of_another_base_is_exported_with_a_warning() {
    Path own = model("own", 4);
    Path other = model("other", 5);
    Path adapter = home.resolve("adapter");
    LoraConfig lora = new LoraConfig(4, 8, false, TargetModules.allLinear());
    try (ModelFolder base = ModelFolder.load(own);
        AdapterBank bank = new AdapterBank(1, SIZES, lora);
        PeftAdapter made = PeftAdapter.of(SIZES, bank, 0, "own")) {
      made.save(adapter, Map.of(PeftAdapter.BASE_HASH, base.weights().sha256()));
    }
    for (String format : List.of("hf", "lora", "samediff")) {
      assertThat(export(own, adapter, home.resolve(format + 1), format)).isZero();
      assertThat(err.toString()).isEmpty();
      assertThat(export(other, adapter, home.resolve(format + 2), format)).isZero();
      assertThat(err.toString())
          .startsWith("seal: warning: the adapter was trained over weights with the SHA-256 ")
          .hasLineCount(1);
    }
  }
}
