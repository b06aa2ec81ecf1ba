package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.text.TrainedBpe;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.gguf.GgufExport;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.model.weights.WeightsFile;
import org.seal4j.scripts.run.Experiments;

/** {@code seal import} and {@code seal export}. */
class ModelCommandsTest {
  private static final ModelConfig CONFIG = ModelConfig.small(17, 16, 2, 2, 24);

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    Seal seal = new Seal(new Experiments(List.of()), Optional.of(home), (again, env) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private Path model() {
    Path folder = home.resolve("model");
    try (Weights weights = Weights.random(CONFIG, 0.5, 1, Seeds.of(4))) {
      ModelFolder.save(weights, 77, List.of(3), folder);
    }
    return folder;
  }

  @Test
  void a_summary_says_what_the_model_is() {
    assertThat(seal("import", model())).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" {2,}", ": ")))
        .contains(
            "parameters: 4,976 (0.0 MB as float32)",
            "layers: 2 of width 16, feed-forward 24 (SwiGLU)",
            "attention: 2 heads of 8, 2 key-value heads",
            "positions: rotary, base 10000; up to 77 tokens",
            "vocabulary: 17 ids, head of its own",
            "end of text: id 3",
            "tokenizer: none found");
    assertThat(err.toString()).isEmpty();
    assertThat(seal("import", home.resolve("model"), "--json")).isZero();
    assertThat(out.toString()).startsWith("{").contains("\"vocabulary\": \"17 ids");
  }

  @Test
  void an_imported_model_is_the_same_model() {
    assertThat(seal("import", model(), "--out", home.resolve("copy"))).isZero();
    assertThat(out.toString()).endsWith("written to " + home.resolve("copy") + "\n");
    try (ModelFolder one = ModelFolder.load(home.resolve("model"));
        ModelFolder two = ModelFolder.load(home.resolve("copy"))) {
      assertThat(two.weights().sha256()).isEqualTo(one.weights().sha256());
    }
    assertThat(seal("import", home.resolve("model"), "--out", home.resolve("copy"))).isEqualTo(2);
    assertThat(err.toString()).contains("is not empty").hasLineCount(1);
  }

  /** A GGUF file of a random model with a tokenizer that was trained here. */
  private Path gguf() {
    TrainedBpe trained =
        BpeTrainer.train(
            List.of("To be, or not to be: that is the question."),
            BpeTrainerConfig.bytes(280).withSpecials(List.of("<s>", "</s>"), "<s>", "</s>"));
    int vocabulary = trained.tokenizer().vocabSize();
    Path folder = home.resolve("hf");
    Path file = home.resolve("model.gguf");
    try (Weights weights =
        Weights.random(ModelConfig.small(vocabulary, 16, 2, 2, 24), 0.5, 1, Seeds.of(4))) {
      ModelFolder.save(weights, 77, List.of(1), folder);
      trained.write(folder);
      Path tokenizer = folder.resolve("tokenizer.json");
      GgufExport.write(
          weights, new GgufExport.About(file, 77, List.of(1), tokenizer, GgufType.F32), file);
    }
    return file;
  }

  @Test
  void a_gguf_file_is_taken_where_a_folder_is() throws IOException {
    Path file = gguf();
    assertThat(seal("import", file)).isZero();
    String said = out.toString();
    assertThat(seal("import", home.resolve("hf"))).isZero();
    assertThat(said.lines().skip(1).filter(line -> !line.startsWith("tokenizer")))
        .containsExactlyElementsOf(
            out.toString().lines().skip(1).filter(line -> !line.startsWith("tokenizer")).toList());
    List<String> texts = new ArrayList<>();
    for (Path model : List.of(home.resolve("hf"), file)) {
      Object[] line = {"generate", "--quiet", "--max-tokens", 12, "--prompt", "To be", "--model"};
      List<Object> words = new ArrayList<>(List.of(line));
      words.add(model);
      assertThat(seal(words.toArray())).isZero();
      texts.add(out.toString());
    }
    assertThat(texts.get(1)).isEqualTo(texts.get(0));
    Path text = Files.writeString(home.resolve("text.txt"), "to be that question");
    assertThat(seal("eval", "perplexity", "--model", file, "--text", text)).isZero();
  }

  @Test
  void a_gguf_file_becomes_a_folder_with_its_tokenizer() {
    Path file = gguf();
    Path copy = home.resolve("copy");
    assertThat(seal("import", file, "--out", copy)).isZero();
    try (ModelFolder one = ModelFolder.load(file);
        ModelFolder two = ModelFolder.load(copy)) {
      assertThat(two.weights().sha256()).isEqualTo(one.weights().sha256());
      assertThat(two.tokenizer()).hasValue(copy.resolve("tokenizer.json"));
    }
    Tokenizer own = Tokenizers.load(file);
    Tokenizer written = Tokenizers.load(copy);
    String text = "</s>To be, or not? Café 12";
    assertThat(written.encode(text)).isEqualTo(own.encode(text));
    assertThat(written.bos()).isEqualTo(own.bos()).hasValue(0);
    assertThat(written.eos()).isEqualTo(own.eos()).hasValue(1);
  }

  @Test
  @Tag("slow")
  void a_model_with_its_adapter_becomes_a_graph_of_stock_ops() {
    Path model = model();
    Path file = home.resolve("model.sd");
    Object[] line = {"export", "--format", "samediff", "--model", model, "--out", file};
    assertThat(seal(line)).as(err.toString()).isZero();
    SameDiff loaded = SameDiff.load(file.toFile(), false);
    assertThat(loaded.getVariable("ids").getShape()).containsExactly(64);
    assertThat(loaded.hasVariable("gradient.model.norm.weight")).isTrue();
    assertThat(seal(line)).isEqualTo(2);
    assertThat(err.toString()).contains("model.sd exists; name a new file");
    assertThat(seal("export", "--length", 8, "--model", model, "--out", home.resolve("hf")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--batch and --length go with --format samediff");
  }

  @Test
  @Tag("slow")
  void a_model_is_exported_as_gguf_with_its_tokenizer() {
    Path file = gguf();
    for (String type : List.of("f32", "f16", "q8_0", "q4_0")) {
      Path to = home.resolve(type + ".gguf");
      Object[] line = {"export", "--format", "gguf", "--type", type, "--model", file, "--out", to};
      assertThat(seal(line)).as(err.toString()).isZero();
      assertThat(out.toString()).isEqualTo("written to " + to + " (GGUF file)\n");
      assertThat(seal("import", to)).isZero();
      String text = "To be, or not</s>";
      assertThat(Tokenizers.load(to).encode(text)).isEqualTo(Tokenizers.load(file).encode(text));
      assertThat(seal(line)).isEqualTo(2);
      assertThat(err.toString()).contains(to + " exists; name a new file").hasLineCount(1);
    }
    try (ModelFolder one = ModelFolder.load(file);
        ModelFolder two = ModelFolder.load(home.resolve("f32.gguf"))) {
      assertThat(two.weights().sha256()).isEqualTo(one.weights().sha256());
    }
    Path to = home.resolve("x.gguf");
    assertThat(seal("export", "--format", "gguf", "--model", model(), "--out", to)).isEqualTo(2);
    assertThat(err.toString()).contains("has no tokenizer, which a gguf carries").hasLineCount(1);
    assertThat(seal("export", "--type", "f16", "--model", file, "--out", to)).isEqualTo(2);
    assertThat(err.toString()).contains("--type and --tokenizer go with --format gguf");
    assertThat(to).doesNotExist();
  }

  @Test
  void a_model_that_is_not_read_is_one_sentence() throws IOException {
    Path folder = Files.createDirectories(home.resolve("gpt"));
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"gpt2\"}");
    assertThat(seal("import", folder)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            ("seal: %s: model_type 'gpt2' is not supported; supported are [llama, mistral, qwen2,"
                    + " qwen3, smollm3, gemma2, gemma3_text]\n")
                .formatted(folder.resolve("config.json")));
  }

  @Test
  void the_weights_of_a_run_are_exported_with_their_context() {
    Path file = home.resolve("run.safetensors");
    try (Weights weights = Weights.random(CONFIG, 0.5, 1, Seeds.of(4))) {
      WeightsFile.save(weights, file);
    }
    assertThat(seal("export", "--model", file, "--out", home.resolve("x"))).isEqualTo(2);
    assertThat(err.toString()).contains("--context is missing").hasLineCount(1);
    assertThat(
            seal(
                "export",
                "--format",
                "hf",
                "--model",
                file,
                "--context",
                99,
                "--out",
                home.resolve("x")))
        .isZero();
    try (ModelFolder model = ModelFolder.load(home.resolve("x"));
        Weights weights = WeightsFile.load(CONFIG, file)) {
      assertThat(model.context()).isEqualTo(99);
      assertThat(model.weights().sha256()).isEqualTo(weights.sha256());
    }
  }

  @Test
  void an_adapter_is_merged_on_the_way_out() {
    LoraConfig lora = new LoraConfig(2, 4, false, TargetModules.allLinear());
    Path folder = model();
    String merged;
    try (ModelFolder base = ModelFolder.load(folder);
        AdapterBank bank = new AdapterBank(1, CONFIG, lora)) {
      bank.initialise(0, Seeds.of(1));
      bank.factors().values().forEach(f -> f.b().assign(0.25));
      try (PeftAdapter adapter = PeftAdapter.of(CONFIG, bank, 0, "model")) {
        adapter.save(home.resolve("adapter"));
      }
      Merge.merge(base.weights(), bank, 0).close();
      merged = base.weights().sha256();
    }
    assertThat(
            seal(
                "export",
                "--model",
                folder,
                "--adapter",
                home.resolve("adapter"),
                "--out",
                home.resolve("merged")))
        .isZero();
    try (ModelFolder model = ModelFolder.load(home.resolve("merged"))) {
      assertThat(model.weights().sha256()).isEqualTo(merged);
    }
    assertThat(seal("export", "--model", folder, "--adapter", folder, "--out", home.resolve("y")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("is no adapter").hasLineCount(1);
    assertThat(home.resolve("y")).doesNotExist();
  }

  private Path adapter(ModelConfig base) {
    Path folder = home.resolve("adapter");
    LoraConfig lora = new LoraConfig(2, 4, false, TargetModules.allLinear());
    try (AdapterBank bank = new AdapterBank(1, base, lora)) {
      bank.initialise(0, Seeds.of(1));
      bank.factors().values().forEach(f -> f.b().assign(0.25));
      try (PeftAdapter adapter = PeftAdapter.of(base, bank, 0, "model")) {
        adapter.save(folder);
      }
    }
    return folder;
  }

  @Test
  @Tag("slow")
  void an_adapter_goes_to_gguf_and_back_and_counts_in_every_form() {
    Path file = gguf();
    Path peft;
    try (ModelFolder model = ModelFolder.load(file)) {
      peft = adapter(model.config());
    }
    Path lora = home.resolve("lora.gguf");
    Path back = home.resolve("back");
    Object[] to = {"export", "--format", "lora", "--model", file, "--adapter", peft, "--out", lora};
    assertThat(seal(to)).as(err.toString()).isZero();
    assertThat(out.toString()).isEqualTo("written to " + lora + " (GGUF file of an adapter)\n");
    assertThat(seal(to)).isEqualTo(2);
    assertThat(err.toString()).contains(lora + " exists; name a new file").hasLineCount(1);
    assertThat(
            seal(
                "export",
                "--format",
                "peft",
                "--model",
                file,
                "--adapter",
                lora,
                "--out",
                back,
                "--json"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("\"format\": \"peft\"");
    assertThat(back.resolve("adapter_model.safetensors"))
        .hasSameBinaryContentAs(peft.resolve("adapter_model.safetensors"));
    assertThat(back.resolve("tokenizer.json")).exists();
    List<String> texts = new ArrayList<>();
    for (Path one : List.of(peft, lora, back)) {
      assertThat(
              seal(
                  "generate",
                  "--quiet",
                  "--max-tokens",
                  12,
                  "--prompt",
                  "To be",
                  "--model",
                  file,
                  "--adapter",
                  one))
          .as(err.toString())
          .isZero();
      texts.add(out.toString());
    }
    assertThat(texts).containsOnly(texts.get(0));
    assertThat(
            seal("generate", "--quiet", "--max-tokens", 12, "--prompt", "To be", "--model", file))
        .isZero();
    assertThat(out.toString()).isNotEqualTo(texts.get(0));
    assertThat(seal("export", "--model", file, "--adapter", lora, "--out", home.resolve("merged")))
        .isZero();
  }

  @Test
  void an_adapter_of_another_base_is_one_sentence_and_nothing_is_written() {
    Path file = gguf();
    Path other = adapter(CONFIG);
    Path lora = home.resolve("lora.gguf");
    assertThat(
            seal(
                "export",
                "--format",
                "lora",
                "--model",
                model(),
                "--adapter",
                other,
                "--out",
                lora))
        .as(err.toString())
        .isZero();
    Path wide = home.resolve("wide.gguf");
    Path words = home.resolve("hf").resolve("tokenizer.json");
    ModelConfig wider = ModelConfig.small(300, 32, 2, 2, 24);
    try (Weights weights = Weights.random(wider, 0.5, 1, Seeds.of(4))) {
      GgufExport.write(
          weights, new GgufExport.About(wide, 77, List.of(1), words, GgufType.F32), wide);
    }
    for (Path adapter : List.of(other, lora)) {
      assertThat(seal("generate", "--model", wide, "--adapter", adapter, "--prompt", "To be"))
          .isEqualTo(2);
      assertThat(err.toString()).contains("another base").hasLineCount(1);
    }
    Path out = home.resolve("x.gguf");
    assertThat(
            seal("export", "--format", "lora", "--model", wide, "--adapter", other, "--out", out))
        .isEqualTo(2);
    assertThat(out).doesNotExist();
    assertThat(seal("export", "--format", "lora", "--model", file, "--out", out)).isEqualTo(2);
    assertThat(err.toString()).contains("--format lora writes an adapter alone").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"import --help", "export --help"})
  void every_command_has_help(String line) {
    assertThat(seal((Object[]) line.split(" "))).isZero();
    assertThat(out.toString()).startsWith("Usage: seal").contains("--help", "Examples:");
  }

  @Test
  void a_form_that_is_not_written_is_refused() {
    assertThat(seal("export", "--format", "onnx", "--model", "m", "--out", "o")).isEqualTo(2);
    assertThat(err.toString()).contains("onnx").hasLineCount(1);
  }
}
