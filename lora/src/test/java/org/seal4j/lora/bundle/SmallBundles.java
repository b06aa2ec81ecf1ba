package org.seal4j.lora.bundle;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.TrainedBpe;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.weights.ModelFolder;

/** A small random model with its tokenizer, and bundles of random adapters over it. */
final class SmallBundles {
  static final LoraConfig LORA = new LoraConfig(4, 8, false, TargetModules.allLinear());

  /** Passages by id, each with a question. */
  static final Map<String, List<String>> NOTES =
      Map.of(
          "mill.md/1",
          List.of("The mill of Tarn Hill burned in 1911.", "When did the mill burn?"),
          "orchard.txt/1",
          List.of("The orchard was planted by Maud Ferris.", "Who planted the orchard?"),
          "orchard.txt/2",
          List.of("Its pears are picked in late August.", "When are pears picked?"),
          "pump.md/1",
          List.of("The pump is oiled each Monday.", "How often is the pump oiled?"));

  static final List<String> UNKNOWN =
      List.of("What is the capital of Norway?", "Who wrote Don Quixote?", "What do cows eat?");

  private SmallBundles() {}

  /** Writes the model. */
  static Path model(Path folder, long seed) {
    TrainedBpe trained =
        BpeTrainer.train(
            List.of("Where is the mill? The mill is on the hill, where else? Who asks?"),
            BpeTrainerConfig.bytes(280)
                .withSpecials(List.of("<|endoftext|>"), "", "<|endoftext|>"));
    ModelConfig sizes = ModelConfig.small(trained.tokenizer().vocabSize(), 16, 2, 2, 24);
    try (Weights weights = Weights.random(sizes, 0.7, 1, Seeds.of(seed))) {
      ModelFolder.save(weights, 160, List.of(0), folder);
    }
    trained.write(folder);
    return folder;
  }

  /** A random adapter that has an effect. */
  static AdapterBank bank(ModelConfig model, LoraConfig lora, Seeds seeds) {
    AdapterBank bank = new AdapterBank(1, model, lora);
    bank.initialise(0, seeds);
    Rng rng = seeds.child("b").rng();
    bank.factors()
        .values()
        .forEach(
            f -> {
              FloatBuffer b = Tensors.of(f.b()).f();
              for (int i = 0; i < b.capacity(); i++) {
                b.put(i, (float) (0.3 * rng.nextGaussian()));
              }
            });
    return bank;
  }

  /** The passages of some documents with random adapters, which are stored in a folder. */
  static BundleContents contents(TextModel model, Path adapters, List<String> ids) {
    String sha256 = model.folder().weights().sha256();
    List<BundleEntry> entries = new ArrayList<>();
    List<BundleQuestion> questions = new ArrayList<>();
    try (Worker worker = new Worker();
        StateReader reader = new StateReader(model.folder(), model.tokenizer(), worker)) {
      for (String id : ids) {
        String text = NOTES.get(id).get(0);
        entries.add(entry(model, adapters, id, text, worker, reader));
        String question = NOTES.get(id).get(1);
        questions.add(new BundleQuestion(id, question, reader.of(question)));
      }
      UNKNOWN.forEach(text -> questions.add(new BundleQuestion("", text, reader.of(text))));
    }
    return new BundleContents(
        new BundleBase("small", sha256, LORA),
        new RouteWay(RouteBy.BM25, 1),
        "recipe: adapt\n",
        entries,
        questions);
  }

  /** One of them; its adapter depends on id and text. */
  static BundleEntry entry(
      TextModel model, Path adapters, String id, String text, Worker worker, StateReader reader) {
    String document = id.substring(0, id.lastIndexOf('/'));
    ModelConfig config = model.folder().config();
    try (AdapterBank bank = bank(config, LORA, Seeds.of(5).child(id, text));
        PeftAdapter adapter = PeftAdapter.of(config, bank, 0, "small")) {
      String hash = Bundle.store(adapters, adapter, model.folder().weights().sha256());
      double canary = AdapterCanary.of(model.folder().weights(), bank, model.tokenizer(), worker);
      return new BundleEntry(
          id,
          document,
          document,
          document + ", line 1",
          text,
          hash,
          Bundle.bytes(adapters, hash),
          canary,
          reader.of(BundleEntry.whole(document, text)));
    }
  }

  /** All files of a folder with the hashes of their bytes. */
  static Map<String, String> bytes(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> all.put(folder.relativize(file).toString(), ContentHash.ofFile(file)));
    }
    return all;
  }
}
