package org.seal4j.lora.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.TrainedBpe;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.ModelFolder;

/** A small random model that knows conversations in the form of ChatML, as a folder. */
final class ChatFolder {
  static final String TEMPLATE =
      "{% for m in messages %}<|im_start|>{{ m.role + '\n' + m.content }}<|im_end|>{{ '\n' }}"
          + "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant{{ '\n' }}{% endif %}";

  private static final List<String> SPECIALS =
      List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

  private ChatFolder() {}

  static TrainedBpe tokenizer() {
    return BpeTrainer.train(
        List.of("Where is Ulm? Ulm lies on the Danube, where else?"),
        BpeTrainerConfig.bytes(280).withSpecials(SPECIALS, "", "<|endoftext|>"));
  }

  static ModelConfig config() {
    return ModelConfig.small(tokenizer().tokenizer().vocabSize(), 16, 2, 2, 24);
  }

  /** Writes model and tokenizer, with the template. */
  static Path write(Path folder, int context) throws IOException {
    TrainedBpe trained = tokenizer();
    try (Weights weights = Weights.random(config(), 0.7, 1, Seeds.of(4))) {
      ModelFolder.save(weights, context, List.of(0), folder);
    }
    trained.write(folder);
    Files.writeString(folder.resolve("chat_template.jinja"), TEMPLATE);
    return folder;
  }
}
