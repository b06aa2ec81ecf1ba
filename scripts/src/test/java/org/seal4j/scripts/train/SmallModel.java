package org.seal4j.scripts.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.TrainedBpe;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.ModelFolder;

/**
 * A folder of a small random model in the shape of llama, with a tokenizer that was trained here.
 */
public final class SmallModel {
  public static final String TEMPLATE =
      "{% for message in messages %}"
          + "{% if message['role'] == 'tool' %}{{ raise_exception('no tools here') }}{% endif %}"
          + "<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
          + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";
  private static final List<String> MARKS = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

  private SmallModel() {}

  /**
   * Writes one.
   *
   * @param template of conversations; empty for none
   */
  public static Path at(Path folder, String template) {
    List<String> texts =
        VillageRows.asked(4, Seeds.of(3)).stream()
            .map(row -> row.prompt() + " " + row.completion())
            .toList();
    TrainedBpe trained =
        BpeTrainer.train(
            texts, BpeTrainerConfig.bytes(420).withSpecials(MARKS, "", "<|endoftext|>"));
    int vocabulary = trained.tokenizer().vocabSize();
    ModelConfig sizes =
        new ModelConfig(vocabulary, 32, 2, 4, 2, 8, 48, 1e-6, 1e4, false, true, false, 0);
    try (Weights weights = Weights.random(sizes, 0.3, 0.3, Seeds.of(4))) {
      ModelFolder.save(weights, 160, List.of(2, 0), folder);
    }
    trained.write(folder);
    if (!template.isEmpty()) {
      Path file = folder.resolve("tokenizer_config.json");
      ObjectNode settings = Json.read(file, ObjectNode.class);
      Json.write(file, settings.put("chat_template", template));
    }
    return folder;
  }
}
