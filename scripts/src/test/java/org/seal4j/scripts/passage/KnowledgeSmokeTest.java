package org.seal4j.scripts.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.LearningRow;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.testing.FakeChat;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.SmallForm;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;

/** Knowledge incorporation in small, from the command line; a first run is shared by all tests. */
@Tag("slow")
class KnowledgeSmokeTest {
  @TempDir static Path temp;
  private static Path run;
  private static String printed;

  @BeforeAll
  static void run_the_smoke_recipe_once() {
    run = temp.resolve("first");
    printed = seal("home-1", "--workers", "2", "--out", run.toString());
  }

  private static String seal(String home, String... options) {
    StringWriter out = new StringWriter();
    List<String> line = new ArrayList<>(List.of("run", "squad-smoke"));
    line.addAll(SmallForm.options("squad-smoke", "answer.grader=exact_match"));
    line.addAll(List.of(options));
    Seal seal =
        new Seal(
            new Experiments(List.of(new PassageExperiment())),
            Optional.of(RecipeHome.at(temp.resolve(home), "squad-quick", "squad-smoke")),
            (args, environment) -> 99);
    PrintWriter writer = new PrintWriter(out, true);
    assertThat(seal.run(line, writer, writer)).as(out.toString()).isZero();
    return out.toString();
  }

  @Test
  void the_table_names_every_condition_and_the_paired_difference() {
    assertThat(printed)
        .contains(
            "base model, not ",
            "passage only ",
            "self-edits without RL ",
            "round 1 ",
            "round 2 ",
            "teacher text ",
            "round 2 − self-edits without RL:",
            "deviation between edits of a passage",
            "per minute and core",
            "this table shows that the job runs, not how well");
  }

  @Test
  void the_gate_of_true_claims_is_told_before_round_1_and_in_every_result() throws IOException {
    String gate = "gate: factual accuracy of self-edits before RL ";
    assertThat(printed.indexOf(gate))
        .isBetween(
            printed.indexOf("self-edits without RL: mean"), printed.indexOf("round 1: mean"));
    assertThat(printed.substring(printed.indexOf("teacher text ")).replaceAll("\\s+", " "))
        .contains(gate, "at least 90.0 %: missed.");
    assertThat(run.resolve("report.html")).content().contains(gate);
    JsonNode told = Json.read(run.resolve("summary.json"), JsonNode.class).path("gates").path(0);
    assertThat(told.path("least").asDouble()).isEqualTo(0.9);
    assertThat(told.path("passed").asBoolean()).isFalse();
  }

  @Test
  void the_journal_holds_each_phase_in_order_and_the_answers_agree_with_it() {
    List<EditRow> edits = Journal.readEdits(run);
    assertThat(edits.stream().map(row -> row.key().phase()).distinct())
        .containsExactly("base", "passage", "teacher", "no-rl", "train", "round-1", "round-2");
    assertThat(edits)
        .filteredOn(row -> row.key().phase().equals("train"))
        .hasSize(2 * 2 * 3)
        .allSatisfy(row -> assertThat(row.outcome().trials()).hasSize(2));
    ArrowTable answers = ArrowTable.read(run.resolve("answers.arrow"), AnswerTable.SCHEMA);
    assertThat(answers.rows()).hasSize((3 + 3 + 3 + 3 * 3) * 9);
    assertThat(answers.rows()).allSatisfy(row -> assertThat(row.float64("grade")).isIn(0.0, 1.0));
  }

  @Test
  void no_evaluated_passage_is_in_a_round() {
    ArrowTable passages = ArrowTable.read(run.resolve("passages.arrow"), PassageUses.SCHEMA);
    TreeSet<String> looped = new TreeSet<>();
    TreeSet<String> evaluated = new TreeSet<>();
    passages
        .rows()
        .forEach(
            row ->
                (row.string("used_for").startsWith("loop") ? looped : evaluated)
                    .add(row.string("context")));
    assertThat(looped).hasSize(4).doesNotContainAnyElementsOf(evaluated);
    assertThat(evaluated).hasSize(3);
  }

  @Test
  void the_report_shows_table_curves_style_and_passages() throws IOException {
    assertThat(Files.readString(run.resolve("report.html")))
        .contains(
            "squad-smoke",
            "self-edits without RL",
            "reward noise, round 2",
            "Policy choices",
            "<h2>Passages</h2>",
            "development/0",
            "texts.maxPieces")
        .doesNotContain("NaN");
  }

  @Test
  void another_run_on_one_worker_has_the_same_bytes_in_every_Arrow_file() throws IOException {
    Path again = temp.resolve("again");
    seal("home-2", "--workers", "1", "--quiet", "--out", again.toString());
    assertThat(arrowFiles(again)).isEqualTo(arrowFiles(run)).hasSize(5);
  }

  @Test
  void another_model_may_write_the_teacher_text_and_judge_the_answers() throws IOException {
    try (FakeChat chat =
        new FakeChat(
            request ->
                request.toString().contains("Decide whether")
                    ? "no"
                    : "Adam Abbot lives in Aldora.")) {
      String endpoint =
          ("{url: '%s', model: m, keyVariable: '', connectSeconds: 5,"
                  + " requestSeconds: 20, tries: 1, backoffSeconds: 0}")
              .formatted(chat.url());
      Path folder = temp.resolve("taught");
      seal(
          "home-3",
          "--out=" + folder,
          "--set=loop.rounds=1",
          "--set=answer.judge=" + endpoint,
          "--set=otherModel={endpoint: "
              + endpoint
              + ", writes: self_edit, temperature: 1.0, topP: 0.95, maxTokens: 64}");
      assertThat(Journal.readEdits(folder))
          .filteredOn(row -> row.key().phase().equals("teacher"))
          .hasSize(3)
          .allSatisfy(
              row -> assertThat(row.draft().edit()).contains("Adam Abbot lives in Aldora."));
      assertThat(Journal.readEdits(folder))
          .allSatisfy(row -> assertThat(row.outcome().reward()).isZero());
      assertThat(chat.asked()).anyMatch(body -> body.toString().contains("Implications:"));
      assertThat(folder.resolve("report.html")).content().contains("llm-judge");
    }
  }

  private static TreeMap<String, String> arrowFiles(Path folder) throws IOException {
    TreeMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().contains(".arrow"))
          .forEach(file -> hashes.put(file.getFileName().toString(), ContentHash.ofFile(file)));
    }
    return hashes;
  }

  @Test
  void a_policy_may_learn_by_dpo_whose_first_loss_is_the_logarithm_of_two() {
    Path other = temp.resolve("dpo");
    seal("home-1", "--set=learning=dpo", "--set=loop.ranking=likelihood", "--out=" + other);
    List<LearningRow> steps = Journal.readLearning(other);
    assertThat(steps.stream().map(LearningRow::round).distinct()).containsExactly(1, 2);
    assertThat(steps.get(0).loss()).isCloseTo(Math.log(2), offset(1e-6));
  }
}
