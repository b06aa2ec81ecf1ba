package org.seal4j.scripts.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seal4j.data.arc.ArcReader;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.Repository;

/** Every kind of file that comes from elsewhere, and what reads it. */
final class FuzzTargets {
  private static final Path OLD =
      Repository.root().resolve("scripts/src/test/resources/old-files/0.1.0");

  /** Reads a spoiled file; refuses it with an InputException, or takes it. */
  @FunctionalInterface
  interface Reader {
    void read(byte[] spoiled) throws IOException;
  }

  /**
   * A kind of file.
   *
   * @param whole files to spoil
   * @param words spliced in here and there
   */
  record Target(String name, List<byte[]> whole, List<String> words, Reader reader) {}

  private final Path temp;
  private final Product product;
  private final List<Target> targets = new ArrayList<>();

  private FuzzTargets(Path temp) {
    this.temp = temp;
    this.product = Product.at(temp.resolve("home"));
  }

  static List<Target> in(Path temp) {
    FuzzTargets all = new FuzzTargets(temp);
    all.recipes();
    all.tables();
    all.tokenizers();
    all.templates();
    all.models();
    all.adapters();
    return all.targets;
  }

  private void recipes() {
    List<byte[]> recipes = new ArrayList<>();
    for (String name : List.of("arc-quick", "squad-quick", "cpt-quick", "continual-quick")) {
      recipes.add(bytes(Repository.root().resolve("scripts/recipes/" + name + ".yaml")));
    }
    List<String> words = FuzzWords.YAML;
    Path file = temp.resolve("spoiled.yaml");
    add("recipe", recipes, words, read -> command("describe", Files.write(file, read)));
    List<byte[]> sets = new ArrayList<>();
    for (String set : List.of("seed=2", "inner.lora.rank=4", "data.inputs={minHeight: 3}")) {
      sets.add(set.getBytes(StandardCharsets.UTF_8));
    }
    add(
        "--set",
        sets,
        words,
        read ->
            command(
                "describe",
                "arc-quick",
                "--set",
                new String(read, StandardCharsets.UTF_8).replace("\0", "")));
  }

  private void tables() {
    List<String> none = List.of();
    Path json = temp.resolve("passages.json");
    add(
        "passages as JSON",
        List.of(bytes(OLD.resolve("passages.json"))),
        none,
        read -> command("passages", Files.write(json, read)));
    Path arrow = temp.resolve("passages.arrow");
    add(
        "passages as a table",
        List.of(bytes(OLD.resolve("passages.arrow"))),
        none,
        read -> command("passages", Files.write(arrow, read)));
    byte[] task =
        """
        {"train": [{"input": [[0, 1], [1, 0]], "output": [[1, 0], [0, 1]]},
                   {"input": [[0, 2], [2, 0]], "output": [[2, 0], [0, 2]]}],
         "test": [{"input": [[0, 1], [1, 1]], "output": [[1, 0], [0, 0]]}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    Path arc = temp.resolve("task.json");
    add("grid task", List.of(task), none, read -> ArcReader.read(Files.write(arc, read)));
  }

  private void tokenizers() {
    List<byte[]> whole = new ArrayList<>();
    byte[] stored = bytes(OLD.resolve("model/tokenizer.json"));
    whole.add(stored);
    FuzzWords.tokenizers(stored).forEach(whole::add);
    Path file = temp.resolve("tokenizer.json");
    add(
        "tokenizer.json",
        whole,
        FuzzWords.EXPRESSIONS,
        read -> {
          Tokenizer tokenizer = Tokenizers.load(Files.write(file, read));
          for (String text : FuzzWords.TEXTS) {
            tokenizer.decode(tokenizer.encode(text));
          }
        });
  }

  private void templates() {
    List<byte[]> whole = new ArrayList<>();
    FuzzWords.TEMPLATES.forEach(text -> whole.add(text.getBytes(StandardCharsets.UTF_8)));
    List<ChatMessage> messages =
        List.of(new ChatMessage("user", " Hi\n"), new ChatMessage("assistant", "Yes é"));
    add(
        "chat template",
        whole,
        FuzzWords.TEMPLATE_WORDS,
        read -> {
          String text = new String(read, StandardCharsets.UTF_8);
          ChatTemplate.of(text, Map.of("bos_token", "<s>"), "T").render(messages, true);
        });
  }

  private void models() {
    model("config.json", FuzzWords.CONFIG);
    model("model.safetensors", List.of());
    model("tokenizer_config.json", List.of());
    byte[] index =
        "{\"weight_map\": {\"model.norm.weight\": \"model.safetensors\"}}"
            .getBytes(StandardCharsets.UTF_8);
    Path folder = Cases.copy(OLD.resolve("model"), temp.resolve("indexed"));
    Path weights = folder.resolve("part.safetensors");
    try {
      Files.move(folder.resolve("model.safetensors"), weights);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    add(
        "index",
        List.of(index),
        List.of("../part.safetensors", "part.safetensors", "/dev/zero", "\\u0000", "."),
        read -> {
          Files.write(folder.resolve("model.safetensors.index.json"), read);
          command("import", folder);
        });
  }

  private void model(String name, List<String> words) {
    Path folder = Cases.copy(OLD.resolve("model"), temp.resolve("model-" + name));
    add(
        name,
        List.of(bytes(folder.resolve(name))),
        words,
        read -> {
          Files.write(folder.resolve(name), read);
          command("import", folder);
          Tokenizers.load(folder);
        });
  }

  private void adapters() {
    ModelConfig base;
    try (ModelFolder model = ModelFolder.load(OLD.resolve("model"))) {
      base = model.config();
    }
    for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
      Path folder = Cases.copy(OLD.resolve("adapter"), temp.resolve("adapter-" + name));
      add(
          name,
          List.of(bytes(folder.resolve(name))),
          FuzzWords.EXPRESSIONS,
          read -> {
            Files.write(folder.resolve(name), read);
            PeftAdapter.load(folder, base).close();
          });
    }
  }

  private void add(String name, List<byte[]> whole, List<String> words, Reader reader) {
    targets.add(new Target(name, whole, words, reader));
  }

  /** Runs a command; what it refuses is an InputException, what it does not expect a fault. */
  private void command(Object... line) {
    Product.Said said = product.run(line);
    Checks.require(said.exitCode() != 2, "%s", said.err().strip());
    if (said.exitCode() != 0) {
      throw new IllegalStateException(said.err().strip());
    }
    Product.requireNoControl(said.text());
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
