package org.seal4j.scripts.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.RowLog;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.SafeTensors;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.cpt.CptExperiment;
import org.seal4j.scripts.run.Checksums;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.tuning.LessonEncoder;
import org.seal4j.scripts.tuning.Measure;
import org.seal4j.scripts.tuning.MeasureTable;

/** The kind {@code train} in small, from the command line and in its parts. */
@Tag("slow")
class TrainTest {
  @TempDir static Path temp;
  private static Path model;
  private static Path rows;

  private final StringWriter out = new StringWriter();
  private int workers = 2;
  @TempDir Path own;

  @BeforeAll
  static void make_a_model_and_rows() {
    model = SmallModel.at(temp.resolve("it's a model"), SmallModel.TEMPLATE);
    rows = VillageRows.talks(temp.resolve("rows.jsonl"), 4, Seeds.of(3));
  }

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    Seal seal =
        new Seal(
            new Experiments(List.of(new TrainExperiment(), new CptExperiment())),
            Optional.of(RecipeHome.at(temp.resolve("home"), "train", "cpt-quick")),
            (again, environment) -> 99);
    PrintWriter writer = new PrintWriter(out, true);
    return seal.run(words, writer, writer);
  }

  private int train(Path run, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("train", "--model", model, "--data", rows, "--out", run));
    words.addAll(List.of("--lora-rank", 8, "--lora-alpha", 16, "--learning-rate", "2e-2"));
    words.addAll(List.of("--set", "samples.tokens=8", "--workers", workers));
    words.addAll(List.of(more));
    return seal(words.toArray());
  }

  private static JsonNode summary(Path run) {
    return Json.read(run.resolve("summary.json"), JsonNode.class);
  }

  private static double figure(Path run, String name) {
    return summary(run).path("figures").path(name).path("value").asDouble();
  }

  @Test
  void rows_become_an_adapter_that_knows_held_out_rows_better_and_a_report_of_it()
      throws IOException {
    Path run = own.resolve("run");
    assertThat(train(run, "--epochs", 4, "--merge")).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains(
            "36 rows for training",
            "4 rows held out",
            "held-out loss",
            "before the training",
            "after the training",
            "seal generate --model '" + model.toString().replace("'", "'\\''") + "' --adapter");
    assertThat(figure(run, "lossAfter")).isLessThan(0.7 * figure(run, "lossBefore"));
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("held-out rows", "answered before and after", "Brindle Hollow", "<svg");
    Path adapter = run.resolve("adapter");
    for (String file :
        List.of(
            "adapter_config.json", "adapter_model.safetensors", "tokenizer.json", "README.md")) {
      assertThat(adapter.resolve(file)).isNotEmptyFile();
    }
    assertThat(SafeTensors.metadata(adapter.resolve("adapter_model.safetensors")))
        .containsKey("seal4j.base");
    assertThat(run.resolve("checkpoints")).doesNotExist();
    // What the report says is what the files give, adapter and merged model alike.
    double loss = figure(run, "lossAfter");
    assertThat(heldOutLoss(model, adapter)).isCloseTo(loss, within(1e-6));
    assertThat(heldOutLoss(run.resolve("model"), null)).isCloseTo(loss, within(1e-4));
    assertThat(
            seal("generate", "--model", model, "--adapter", adapter, "--prompt", "Alba", "--quiet"))
        .as(out.toString())
        .isZero();
    Path again = own.resolve("again");
    workers = 1;
    assertThat(train(again, "--epochs", 4, "--merge")).as(out.toString()).isZero();
    assertThat(seal("verify", again)).as(out.toString()).isZero();
    assertThat(Checksums.read(again)).isEqualTo(Checksums.read(run));
  }

  private static double heldOutLoss(Path base, Path adapter) {
    TrainKeys keys = TrainRuns.keys(model, rows);
    try (TextModel text = TextModel.open(base, null, adapter);
        Workers workers = new Workers(1)) {
      LessonEncoder encoder = LessonEncoder.of(keys.data().chat(), text.folder());
      LessonPlan plan =
          LessonPlan.of(keys.data(), encoder, text.context(), Seeds.of(1).child("train"));
      return Measure.of(text.folder().weights(), text.linears(), plan.measured(), 2, workers)
          .loss();
    }
  }

  @Test
  void all_weights_are_trained_and_written_as_a_model() {
    Path run = own.resolve("all");
    assertThat(train(run, "--all-weights", "--learning-rate", "3e-3", "--epochs", 4))
        .as(out.toString())
        .isNotZero(); // given twice
    assertThat(
            seal(
                "train",
                "--model",
                model,
                "--data",
                rows,
                "--out",
                run,
                "--all-weights",
                "--epochs",
                4,
                "--learning-rate",
                "3e-3",
                "--weight-decay",
                "0.1"))
        .as(out.toString())
        .isZero();
    assertThat(run.resolve("adapter")).doesNotExist();
    assertThat(figure(run, "lossAfter")).isLessThan(0.8 * figure(run, "lossBefore"));
    assertThat(heldOutLoss(run.resolve("model"), null))
        .isCloseTo(figure(run, "lossAfter"), within(1e-6));
    assertThat(
            Json.read(run.resolve("model/tokenizer_config.json"), JsonNode.class)
                .path("chat_template")
                .asText())
        .isEqualTo(SmallModel.TEMPLATE);
    assertThat(out.toString()).contains("generate --model " + run.resolve("model"));
    assertThat(run.resolve("effective.yaml"))
        .content()
        .contains("weightDecay: 0.1", "fullLearningRate: 0.003", "weights: all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapter", "all"})
  void a_run_killed_while_it_trains_and_resumed_has_the_same_bytes(String weights) {
    List<String> sets =
        TrainRuns.small(
            model, rows, "training.weights=" + weights, "training.fullLearningRate=3e-3");
    Path whole = own.resolve("whole");
    TrainRuns.start(whole, sets, RunListener.silent());
    Path killed = own.resolve("killed");
    for (long step : new long[] {1, 4, 5, 8}) {
      assertThatThrownBy(() -> TrainRuns.start(killed, sets, new Killer(step)))
          .isInstanceOf(Killed.class);
    }
    TrainRuns.start(killed, sets, RunListener.silent());
    assertThat(Checksums.read(killed)).isEqualTo(Checksums.read(whole)).hasSizeGreaterThan(5);
  }

  @Test
  void a_training_that_gets_no_better_ends_early_and_keeps_its_best_state() {
    Path run = own.resolve("patient");
    // Far too high a rate, so that later measurements are worse than the first.
    List<String> sets =
        TrainRuns.small(
            model,
            rows,
            "inner.learningRate=0.5",
            "inner.epochs=20",
            "inner.schedule=constant",
            "training.evaluateEvery=3",
            "training.patience=2");
    TrainRuns.start(run, sets, RunListener.silent());
    List<MeasureTable.Point> points =
        RowLog.read(run.resolve("measurements.arrows"), MeasureTable.SCHEMA).rows().stream()
            .map(MeasureTable::point)
            .toList();
    long kept = Math.round(figure(run, "keptStep"));
    double lowest =
        points.stream().skip(1).mapToDouble(MeasureTable.Point::loss).min().orElseThrow();
    MeasureTable.Point best =
        points.stream().filter(point -> point.step() == kept).findFirst().orElseThrow();
    assertThat(best.loss()).isEqualTo(lowest);
    assertThat(points.get(points.size() - 1).step()).isEqualTo(kept + 2 * 3).isLessThan(90);
    assertThat(figure(run, "lossAfter")).isCloseTo(lowest, within(1e-9));
  }

  @Test
  void without_held_out_rows_the_training_rows_are_measured() {
    Path run = own.resolve("seen");
    assertThat(train(run, "--validation-split", 0, "--steps", 3)).as(out.toString()).isZero();
    assertThat(out.toString()).contains("no rows are held out", "training loss");
    assertThat(summary(run).path("metric").asText()).contains("training rows");
  }

  @Test
  void rows_of_several_forms_and_a_file_of_their_own_to_validate_with() {
    List<Map<String, Object>> mixed = new ArrayList<>();
    List<VillageRows.Asked> asked = VillageRows.asked(2, Seeds.of(9));
    asked.forEach(row -> mixed.add(mixed.size() % 2 == 0 ? row.talk() : row.pair()));
    mixed.add(Map.of("text", "Brindle Hollow lies on the river."));
    Path file = VillageRows.write(own.resolve("mixed.jsonl"), mixed);
    Path run = own.resolve("run");
    assertThat(train(run, "--validation", file, "--steps", 2)).as(out.toString()).isZero();
    assertThat(out.toString()).contains("40 rows for training", "21 rows held out");
    assertThat(seal("verify", run, "--again")).as(out.toString()).isZero();
    assertThat(out.toString()).contains("equal in the second run");
  }

  @Test
  void what_cannot_be_trained_is_refused_in_a_sentence_and_leaves_no_folder() throws IOException {
    Path run = own.resolve("run");
    refused("model.path is not set: name the model to train with --model", "train", "--out", run);
    refused("data.rows is not set", "train", "--model", model, "--out", run);
    refused("there is no model at nowhere", "train", "--model", "nowhere", "--data", rows);
    refused("there is no file nowhere", "train", "--model", model, "--data", "nowhere");
    refused("the recipe is of kind 'cpt'", "train", "--recipe", "cpt-quick");
    refusedBy(run, "exclude each other", "--epochs", 2, "--steps", 3);
    refusedBy(run, "--weight-decay is AdamW's", "--optimizer", "muon", "--weight-decay", "0.1");
    refusedBy(run, "there is no optimizer 'sophia'", "--optimizer", "sophia");
    refusedBy(run, "data.validationSplit must be in [0, 1)", "--validation-split", "1");
    refusedBy(run, "targetModules 'x_proj' matches no module", "--lora-targets", "x_proj");
    refusedBy(run, "the head of", "--lora-targets", "all-linear+head");
    refusedBy(run, "there is no file no.jsonl", "--validation", "no.jsonl");
    refusedBy(
        run, "training.merge is true, but training.weights is all", "--merge", "--all-weights");
    Path broken = Files.writeString(own.resolve("broken.jsonl"), "{\"text\": \"a\"}\n{\"text\"\n");
    refused("broken.jsonl, line", "train", "--model", model, "--data", broken, "--out", run);
    Path single = Files.writeString(own.resolve("one.jsonl"), "{\"text\": \"Alba lives.\"}\n");
    refused("so none can be held out", "train", "--model", model, "--data", single, "--out", run);
    Path bare = SmallModel.at(own.resolve("bare"), "");
    refused("no chat template", "train", "--model", bare, "--data", rows, "--out", run);
  }

  private void refusedBy(Path run, String said, Object... more) {
    assertThat(train(run, more)).as(out.toString()).isEqualTo(2);
    assertSaid(run, said);
  }

  private void refused(String said, Object... words) {
    assertThat(seal(words)).as(out.toString()).isEqualTo(2);
    assertSaid(own.resolve("run"), said);
  }

  private void assertSaid(Path run, String said) {
    assertThat(out.toString().lines().filter(line -> line.startsWith("seal: ")))
        .hasSize(1)
        .first()
        .asString()
        .contains(said);
    assertThat(run).doesNotExist();
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Dies after this step of the training. */
  private record Killer(long after) implements RunListener {
    @Override
    public void step(long done, String note) {
      if (done >= after) {
        throw new Killed();
      }
    }
  }
}
