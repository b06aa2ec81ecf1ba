package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.json.Json;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Figure;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.SummaryJson;
import org.seal4j.eval.stats.Interval;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.run.Machine;
import org.seal4j.scripts.run.RunManifest;
import org.seal4j.scripts.run.Versions;

/** {@code seal adapters list}. */
class AdaptersCommandTest {
  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private TalkingModel model;
  private Path runs;

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = Arrays.stream(args).map(Object::toString).toList();
    Seal seal = new Seal(new Experiments(List.of()), Optional.of(home), (again, env) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private JsonNode listed(Object... folders) {
    Object[] words = new Object[folders.length + 3];
    words[0] = "adapters";
    words[1] = "list";
    words[2] = "--json";
    System.arraycopy(folders, 0, words, 3, folders.length);
    assertThat(seal(words)).as(err.toString()).isZero();
    return Json.parse(out.toString(), JsonNode.class, "output");
  }

  @BeforeEach
  void write_a_run_that_trained_an_adapter() throws IOException {
    model = TalkingModel.at(home.resolve("model"));
    runs = home.resolve("runs");
    Path run = runs.resolve("law");
    model.adapter(run.resolve("adapter"), 1);
    Files.writeString(run.resolve("effective.yaml"), "recipe: train\n");
    new RunManifest(
            new RunManifest.Start("train", List.of("train"), "cpu", 1, "2026-01-31T12:00:00Z"),
            Map.of("kind", "train", "data", Map.of("rows", "law.jsonl")),
            Map.of(),
            new Versions("1", "2", "3", "4"),
            Machine.here())
        .write(run);
    Interval interval = new Interval(0.25, 0.5);
    Results results =
        new Results(
            "tokens predicted right",
            List.of(
                new Condition("before the training", 0.375, 40, interval),
                new Condition("after the training", 0.5, 40, interval)),
            List.of());
    Figure steps = new Figure(12, "steps", Optional.empty(), 12);
    SummaryJson.write("train", results, Map.of("keptStep", steps), run.resolve("summary.json"));
  }

  @Test
  void an_adapter_is_listed_with_its_base_its_size_its_training_and_its_figures() {
    assertThat(seal("adapters", "list", runs)).as(err.toString()).isZero();
    String flowed = out.toString().replaceAll("\\s+", " ");
    assertThat(flowed)
        .startsWith("law path ")
        .contains("base the base, SHA-256 of its weights abababababab adapter PEFT")
        .contains("rank 2, alpha 4, all-linear: 14 modules, ")
        .contains("trained kind train, recipe train, on law.jsonl, 12 steps")
        .contains("measured tokens predicted right")
        .contains("before the training: 37.5 % [25.0, 50.0], n = 40")
        .contains("after the training: 50.0 % [25.0, 50.0], n = 40");
    JsonNode one = listed(runs).get(0);
    assertThat(one.path("adapter").path("baseHash").asText()).isEqualTo("ab".repeat(32));
    assertThat(one.path("run").path("measures")).hasSize(2);
    assertThat(one.path("problem").asText()).isEmpty();
  }

  @Test
  void a_gguf_file_of_an_adapter_has_the_same_figures_and_a_model_is_none() {
    Path file = runs.resolve("law.gguf");
    Object[] export = {
      "export",
      "--format",
      "lora",
      "--model",
      model.folder(),
      "--adapter",
      runs.resolve("law"),
      "--out",
      file
    };
    assertThat(seal(export)).as(err.toString()).isZero();
    Path whole = runs.resolve("whole.gguf");
    assertThat(seal("export", "--format", "gguf", "--model", model.folder(), "--out", whole))
        .as(err.toString())
        .isZero();
    JsonNode all = listed(runs);
    assertThat(all).hasSize(2);
    JsonNode peft = all.get(0).path("adapter");
    JsonNode gguf = all.get(1).path("adapter");
    assertThat(all.get(1).path("name").asText()).isEqualTo("law");
    for (String figure : List.of("rank", "alpha", "modules", "parameters")) {
      assertThat(gguf.path(figure)).as(figure).isEqualTo(peft.path(figure));
    }
    assertThat(listed(file)).hasSize(1);
  }

  @Test
  void what_is_damaged_is_listed_with_the_reason_and_the_others_still() throws IOException {
    Path broken = model.adapter(runs.resolve("broken"), 2).resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(broken);
    bytes[bytes.length - 1] ^= 1;
    Files.write(broken, bytes);
    Path config = model.adapter(runs.resolve("config"), 3).resolve("adapter_config.json");
    Files.writeString(config, "{");
    Path empty = Files.createDirectories(runs.resolve("empty"));
    Files.writeString(empty.resolve("adapter_config.json"), "{\"peft_type\": \"LORA\"}");
    Files.writeString(runs.resolve("cut.gguf"), "GGUF");
    Path summary = runs.resolve("law").resolve("summary.json");
    Files.writeString(summary, Files.readString(summary).replace("0.375", "0.975"));
    JsonNode all = listed(runs);
    assertThat(all.findValuesAsText("problem")).hasSize(5).noneMatch(String::isEmpty);
    assertThat(all).anyMatch(one -> one.path("problem").asText().contains("adapter_model"));
    JsonNode law = all.get(4);
    assertThat(law.path("adapter").path("rank").asInt()).isEqualTo(2);
    assertThat(law.path("problem").asText()).contains("summary.json");
    assertThat(seal("adapters", "list", runs)).isZero();
    assertThat(out.toString()).contains("  damaged ").contains("14 modules");
  }

  @Test
  void where_there_is_none_the_list_says_so_and_a_wrong_path_is_refused() throws IOException {
    assertThat(seal("adapters", "list", model.folder())).isZero();
    assertThat(out.toString()).isEqualTo("no adapter there\n");
    assertThat(listed(model.folder())).isEmpty();
    assertThat(seal("adapters", "list", home.resolve("nowhere"))).isEqualTo(2);
    assertThat(err.toString()).contains("there is nothing at").hasLineCount(1);
  }
}
