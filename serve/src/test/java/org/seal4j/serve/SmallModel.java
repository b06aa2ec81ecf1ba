package org.seal4j.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.TrainedBpe;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.bundle.AdapterCanary;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundleBase;
import org.seal4j.lora.bundle.BundleContents;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.lora.bundle.BundleQuestion;
import org.seal4j.lora.bundle.RouteBy;
import org.seal4j.lora.bundle.RouteWay;
import org.seal4j.lora.bundle.StateReader;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.weights.ModelFolder;

/** A random model with a chat template on disk, and random adapters over it. */
public record SmallModel(Path folder, ModelConfig config, String hash) {
  private static final String TEMPLATE =
      "{% for m in messages %}<|im_start|>{{ m.role + '\\n' + m.content }}<|im_end|>{{ '\\n' }}"
          + "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant{{ '\\n' }}{% endif %}";

  /** Writes it. */
  public static SmallModel at(Path folder) {
    return at(folder, 900, "</s>");
  }

  /** Writes one that reads so many tokens, and has none that ends a text. */
  static SmallModel endless(Path folder, int context) {
    return at(folder, context, "");
  }

  private static SmallModel at(Path folder, int context, String end) {
    TrainedBpe trained =
        BpeTrainer.train(
            List.of("To be, or not to be: that is the question."),
            BpeTrainerConfig.bytes(280)
                .withSpecials(List.of("</s>", "<|im_start|>", "<|im_end|>"), "", end));
    ModelConfig config = ModelConfig.small(trained.tokenizer().vocabSize(), 16, 2, 2, 24);
    try (Weights weights = Weights.random(config, 0.7, 1, Seeds.of(4))) {
      ModelFolder.save(weights, context, end.isEmpty() ? List.of() : List.of(0), folder);
      trained.write(folder);
      Files.writeString(folder.resolve("chat_template.jinja"), TEMPLATE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (ModelFolder read = ModelFolder.load(folder)) {
      return new SmallModel(folder, config, read.weights().sha256());
    }
  }

  /**
   * Writes an adapter that changes what the model says.
   *
   * @param size of what it adds; 0 for an adapter that changes nothing
   */
  public Path adapter(Path to, long seed, double size, String base) {
    LoraConfig lora = new LoraConfig(2, 4, false, TargetModules.allLinear());
    try (AdapterBank bank = new AdapterBank(1, config, lora)) {
      bank.initialise(0, Seeds.of(seed));
      bank.factors().values().forEach(f -> f.b().assign(size));
      try (PeftAdapter adapter = PeftAdapter.of(config, bank, 0, "the base")) {
        adapter.save(to, Map.of(PeftAdapter.BASE_HASH, base));
      }
    }
    return to;
  }

  /** Writes a bundle with a random adapter for each passage, by ids such as {@code mill.txt/1}. */
  public Path bundle(Path to, Map<String, String> passages) {
    Path adapters = to.resolve(Bundle.ADAPTERS);
    List<BundleEntry> entries = new ArrayList<>();
    List<BundleQuestion> questions = new ArrayList<>();
    LoraConfig lora = new LoraConfig(2, 4, false, TargetModules.allLinear());
    try (TextModel model = TextModel.open(folder, null, null);
        Worker worker = new Worker();
        StateReader reader = new StateReader(model.folder(), model.tokenizer(), worker)) {
      for (String id : new TreeSet<>(passages.keySet())) {
        String text = String.valueOf(passages.get(id));
        String document = id.substring(0, id.lastIndexOf('/'));
        try (AdapterBank bank = new AdapterBank(1, config, lora)) {
          bank.initialise(0, Seeds.of(11).child(id));
          bank.factors().values().forEach(f -> f.b().assign(0.25));
          String stored;
          try (PeftAdapter adapter = PeftAdapter.of(config, bank, 0, "small")) {
            stored = Bundle.store(adapters, adapter, hash);
          }
          double canary =
              AdapterCanary.of(model.folder().weights(), bank, model.tokenizer(), worker);
          long bytes = Bundle.bytes(adapters, stored);
          entries.add(
              new BundleEntry(
                  id, document, document, id, text, stored, bytes, canary, reader.of(text)));
        }
        questions.add(new BundleQuestion(id, text, reader.of(text)));
      }
      for (String other : List.of("Who wrote Don Quixote?", "What do cows eat?")) {
        questions.add(new BundleQuestion("", other, reader.of(other)));
      }
    }
    Bundle.write(
        to,
        new BundleContents(
            new BundleBase("small", hash, lora),
            new RouteWay(RouteBy.BM25, 1),
            "recipe: adapt\n",
            entries,
            questions),
        adapters);
    return to;
  }

  /** One over this model that has an effect. */
  public Path adapter(Path to, long seed) {
    return adapter(to, seed, 0.25, hash);
  }
}
