package org.seal4j.lora.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.SharedData;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.TrainedBpe;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.text.Completion;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.gguf.GgufExport;
import org.seal4j.model.weights.ModelFolder;

/** The files that are written as GGUF, in llama.cpp: the same tokens as here. */
@Tag("peer")
class LlamaCppTest {
  private static final int TOKENS = 40;
  private static final String PROMPT = "To be, or not";

  @TempDir Path folder;

  /** A random model, llama or qwen2, that writes printable ASCII alone, with its tokenizer. */
  private Path random(boolean qwen, GgufType type) {
    TrainedBpe trained =
        BpeTrainer.train(
            List.of("To be, or not to be: that is the question."),
            BpeTrainerConfig.bytes(290).withSpecials(List.of("<s>", "</s>"), "<s>", "</s>"));
    Tokenizer tokenizer = trained.tokenizer();
    int v = tokenizer.vocabSize();
    ModelConfig sizes = new ModelConfig(v, 64, 2, 4, 2, 16, 96, 1e-5, 1e4, false, false, qwen, 0);
    Path hf = folder.resolve("hf");
    Path file = folder.resolve("model.gguf");
    try (Weights weights = Weights.random(sizes, 0.7, 1, Seeds.of(11))) {
      weights
          .arrays()
          .forEach(
              (name, array) -> {
                if (name.endsWith(".bias")) {
                  fill(array, 0.3, Seeds.of(12).child(name));
                }
              });
      INDArray head = weights.get("lm_head.weight");
      for (int id = 0; id < v; id++) {
        String text = tokenizer.decode(new int[] {id});
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= 32 && c < 127)) {
          head.getRow(id).assign(0);
        }
      }
      ModelFolder.save(weights, 256, List.of(1), hf);
      trained.write(hf);
      Path words = hf.resolve("tokenizer.json");
      GgufExport.write(weights, new GgufExport.About(file, 256, List.of(1), words, type), file);
    }
    return file;
  }

  private static void fill(INDArray array, double size, Seeds seeds) {
    Rng rng = seeds.rng();
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, size * rng.nextGaussian());
    }
  }

  private PeftAdapter adapter(ModelConfig base, LoraConfig lora, double size) {
    try (AdapterBank bank = new AdapterBank(1, base, lora)) {
      bank.initialise(0, Seeds.of(5));
      bank.factors().forEach((module, f) -> fill(f.b(), size, Seeds.of(6).child(module)));
      return PeftAdapter.of(base, bank, 0, "");
    }
  }

  /** Requires the same ids of the prompt and the same text behind it, and returns the text. */
  private String assertSame(Path model, @Nullable Path adapter, String prompt, int tokens)
      throws IOException, InterruptedException {
    LlamaCpp.Continued peer = LlamaCpp.continued(model, adapter, prompt, tokens, folder);
    try (TextModel own = TextModel.open(model, null, adapter)) {
      Completion.Request request =
          new Completion.Request(Sampling.mostLikely(), tokens, List.of(), 1);
      Completion made = Completion.of(own, prompt, request, piece -> {});
      assertThat(own.tokenizer().encode(prompt)).isEqualTo(peer.prompt());
      // The end of texts is ignored there and ends the text here.
      String expected =
          made.reason().equals("end")
              ? peer.text().substring(0, made.text().length())
              : peer.text();
      assertThat(made.text()).isEqualTo(expected).hasSizeGreaterThan(10);
      return made.text();
    }
  }

  @ParameterizedTest
  @CsvSource({"false, F32", "true, F32", "false, F16", "true, F16"})
  void a_random_model_writes_the_same(boolean qwen, GgufType type)
      throws IOException, InterruptedException {
    assertSame(random(qwen, type), null, PROMPT, TOKENS);
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true"})
  void an_adapter_does_the_same_to_a_random_model(boolean qwen, boolean stabilized)
      throws IOException, InterruptedException {
    Path model = random(qwen, GgufType.F32);
    String base = assertSame(model, null, PROMPT, TOKENS);
    Path file = folder.resolve("adapter.gguf");
    LoraConfig lora = new LoraConfig(4, 8, stabilized, TargetModules.allLinear());
    try (ModelFolder read = ModelFolder.load(model);
        PeftAdapter made = adapter(read.config(), lora, 0.1)) {
      made.saveGguf(GgufType.F32, file);
    }
    assertThat(assertSame(model, file, PROMPT, TOKENS)).isNotEqualTo(base);
  }

  /** Beside quantised weights llama.cpp rounds activations too: longer texts part at near ties. */
  @ParameterizedTest
  @CsvSource({"F32, 40", "F16, 40", "Q8_0, 5", "Q4_0, 10"})
  void a_trained_model_writes_the_same_in_every_type(GgufType type, int tokens)
      throws IOException, InterruptedException {
    Path trained = SharedData.orSkip("weights/tinystories-656k");
    assertSame(exported(trained, type), null, "Once upon a time", tokens);
  }

  private Path exported(Path from, GgufType type) {
    Path file = folder.resolve(type + ".gguf");
    try (ModelFolder model = ModelFolder.load(from)) {
      Path words = model.tokenizer().orElseThrow();
      GgufExport.write(
          model.weights(),
          new GgufExport.About(from, model.context(), model.endTokens(), words, type),
          file);
    }
    return file;
  }

  /** The file of a real model; it takes minutes, so that a build passes it over. */
  private static Path real() {
    Assumptions.assumeTrue(
        Boolean.getBoolean("seal.test.real"),
        "SmolLM2 in llama.cpp takes minutes; -Dseal.test.real=true runs it");
    return SharedData.orSkip("weights/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf");
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({"F32, 24", "F16, 24", "Q8_0, 8", "Q4_0, 8"})
  void a_real_model_writes_the_same_in_every_type_with_an_adapter_and_without(
      GgufType type, int tokens) throws IOException, InterruptedException {
    Path model = exported(real(), type);
    String base = assertSame(model, null, "The capital of France is", tokens);
    Path file = folder.resolve("adapter.gguf");
    LoraConfig lora = new LoraConfig(8, 16, false, TargetModules.allLinear());
    try (ModelFolder read = ModelFolder.load(model);
        PeftAdapter made = adapter(read.config(), lora, 0.01)) {
      made.saveGguf(GgufType.F32, file);
    }
    assertThat(assertSame(model, file, "The capital of France is", tokens)).isNotEqualTo(base);
    Files.delete(model);
  }

  @Test
  @Tag("slow")
  void the_file_that_others_made_is_read_as_llama_cpp_reads_it()
      throws IOException, InterruptedException {
    assertSame(real(), null, "The capital of France is", 24);
  }
}
