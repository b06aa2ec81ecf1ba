package org.seal4j.scripts.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.TrainedBpe;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.ModelFolder;

/** A random model with a chat template, and adapters over it, for tests of commands. */
public record TalkingModel(Path folder, ModelConfig config) {
  private static final String TEMPLATE =
      "{% for m in messages %}<|im_start|>{{ m.role + '\\n' + m.content }}<|im_end|>{{ '\\n' }}"
          + "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant{{ '\\n' }}{% endif %}";

  public static TalkingModel at(Path folder) {
    TrainedBpe trained =
        BpeTrainer.train(
            List.of("To be, or not to be: that is the question."),
            BpeTrainerConfig.bytes(280)
                .withSpecials(List.of("</s>", "<|im_start|>", "<|im_end|>"), "", "</s>"));
    ModelConfig config = ModelConfig.small(trained.tokenizer().vocabSize(), 16, 2, 2, 24);
    try (Weights weights = Weights.random(config, 0.7, 1, Seeds.of(4))) {
      ModelFolder.save(weights, 900, List.of(0), folder);
      trained.write(folder);
      Files.writeString(folder.resolve("chat_template.jinja"), TEMPLATE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TalkingModel(folder, config);
  }

  /** Writes an adapter that changes what the model says. */
  public Path adapter(Path to, long seed) {
    LoraConfig lora = new LoraConfig(2, 4, false, TargetModules.allLinear());
    try (AdapterBank bank = new AdapterBank(1, config, lora)) {
      bank.initialise(0, Seeds.of(seed));
      bank.factors().values().forEach(f -> f.b().assign(0.25));
      try (PeftAdapter adapter = PeftAdapter.of(config, bank, 0, "the base")) {
        adapter.save(to, Map.of("seal4j.base", "ab".repeat(32)));
      }
    }
    return to;
  }
}
