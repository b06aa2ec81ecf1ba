package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.json.Json;
import org.seal4j.model.plan.Engine;
import org.seal4j.scripts.run.Experiments;

/** {@code --engine} of the commands that compute. */
class EngineTest {
  private static final List<String> SMALL =
      List.of(
          "pretrain.steps=4",
          "pretrain.warmup=0",
          "loop.contextsPerRound=1",
          "loop.editsPerContext=1",
          "gate.tasks=1",
          "evaluate.contexts=1",
          "evaluate.editsPerContext=1",
          "trainingSet.maxSteps=1");

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = Arrays.stream(args).map(Object::toString).toList();
    Seal seal = new Seal(Experiments.onClassPath(), Optional.of(home), (again, env) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  @Tag("slow")
  @Test
  void stock_ops_answer_and_score_as_our_kernels_do() throws IOException {
    TalkingModel talking = TalkingModel.at(home.resolve("model"));
    Path adapter = talking.adapter(home.resolve("adapter"), 1);
    Path text = Files.writeString(home.resolve("text.txt"), "to be that question or not");
    List<String> answers = new ArrayList<>();
    List<Double> perplexities = new ArrayList<>();
    for (String engine : List.of("kernels", "stock")) {
      Object[] model = {"--model", talking.folder(), "--adapter", adapter, "--engine", engine};
      assertThat(seal(words("ask", model, "--max-tokens", 9, "To be?")))
          .as(err.toString())
          .isZero();
      answers.add(out.toString());
      assertThat(seal(words("eval perplexity", model, "--text", text, "--json"))).isZero();
      perplexities.add(
          Json.parse(out.toString(), JsonNode.class, "output").path("perplexity").asDouble());
    }
    assertThat(answers.get(1)).isNotBlank().isEqualTo(answers.get(0));
    double kernels = perplexities.get(0);
    assertThat(perplexities.get(1)).isBetween(0.99999 * kernels, 1.00001 * kernels);
  }

  private static Object[] words(String command, Object[] model, Object... more) {
    List<Object> words = new ArrayList<>(List.of((Object[]) command.split(" ")));
    words.addAll(List.of(model));
    words.addAll(List.of(more));
    return words.toArray();
  }

  @Test
  void weights_in_fewer_bits_and_unknown_engines_are_refused() {
    Path model = TalkingModel.at(home.resolve("model")).folder();
    Object[] stock = {"--model", model, "--engine", "stock"};
    assertThat(seal(words("generate", stock, "--prompt", "To be", "--weights", "int8")))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--weights int8 is read by the kernels of Seal4J alone; leave --engine stock out, or use"
                + " --weights float32")
        .doesNotContain("\tat ");
    assertThat(seal("doctor", "--engine", "onnx")).isEqualTo(2);
    assertThat(err.toString()).contains("--engine", "one of kernels, stock", "onnx");
  }

  @Tag("slow")
  @Test
  void doctor_says_which_engine_it_looked_at() {
    assertThat(seal("doctor", "--engine", "stock")).isZero();
    assertThat(out.toString())
        .contains("cpu (CpuBackend) with stock ops", "engine     stock: ")
        .contains("8 kinds of ops agree with plain Java");
  }

  @Test
  void a_cached_model_of_one_engine_is_not_that_of_the_other() {
    // Keys of models that our kernels trained stay what they were.
    assertThat(Engine.KERNELS.on("cpu")).isEqualTo("cpu");
    assertThat(Engine.STOCK.on("cpu")).isEqualTo("cpu+stock");
  }

  @Tag("slow")
  @Test
  void a_whole_run_with_stock_ops_names_them_and_goes_on_with_no_other_engine() throws IOException {
    Path run = home.resolve("run");
    List<Object> line =
        new ArrayList<>(
            List.of(
                "run", Path.of("recipes/arc-smoke.yaml"), "--out", run, "--quiet", "--no-cache"));
    SMALL.forEach(key -> line.addAll(List.of("--set", key)));
    line.addAll(List.of("--engine", "stock"));
    assertThat(seal(line.toArray())).as(err.toString()).isZero();
    assertThat(Files.readString(run.resolve("manifest.json"))).contains("\"engine\": \"stock\"");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("cpu (CpuBackend) with stock ops");
    assertThat(seal("run", "--resume", run)).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "cannot be resumed with --engine kernels, its results would differ in their last bits:"
                + " it was begun with --engine stock; say that")
        .doesNotContain("\tat ");
    assertThat(seal("run", "--resume", run, "--engine", "stock", "--quiet", "--no-cache")).isZero();
  }
}
