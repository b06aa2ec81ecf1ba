package org.seal4j.scripts.continual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.table.RowLog;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.SmallForm;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;

/** Continual self-edits in small, from the command line; a first run is shared by all tests. */
@Tag("slow")
class ContinualSmokeTest {
  @TempDir static Path temp;
  private static Path run;
  private static String printed;

  @BeforeAll
  static void run_the_smoke_recipe_once() {
    run = temp.resolve("first");
    printed = small("home-1", 2, run);
  }

  private static String small(String home, int workers, Path out) {
    List<String> line = new ArrayList<>(List.of("continual-smoke", "--workers=" + workers));
    line.addAll(SmallForm.options("continual-smoke", "edits.writer=policy"));
    line.add("--out=" + out);
    return seal(home, line.toArray(String[]::new));
  }

  private static String seal(String home, String... options) {
    StringWriter out = new StringWriter();
    List<String> line = new ArrayList<>(List.of("run"));
    line.addAll(List.of(options));
    Seal seal =
        new Seal(
            new Experiments(List.of(new ContinualExperiment())),
            Optional.of(RecipeHome.at(temp.resolve(home), "continual-quick", "continual-smoke")),
            (args, environment) -> 99);
    PrintWriter writer = new PrintWriter(out, true);
    assertThat(seal.run(line, writer, writer)).as(out.toString()).isZero();
    return out.toString();
  }

  private static List<StepRow> rows(Path folder) {
    return RowLog.read(folder.resolve("steps.arrows"), StepTable.SCHEMA).rows().stream()
        .map(StepTable::fromTable)
        .toList();
  }

  @Test
  void the_table_names_every_mode_before_and_after_and_prior_knowledge() {
    String said = printed.replaceAll("\\s+", " "); // whatever the width of the screen
    assertThat(run.resolve("summary.json"))
        .content()
        .contains("\"un-edited model\"", "\"un-edited model, prior knowledge\"");
    for (Mode mode : Mode.values()) {
      assertThat(run.resolve("summary.json"))
          .content()
          .contains(
              "\"" + mode.label() + ", just edited\"",
              "\"" + mode.label() + ", after all\"",
              "\"" + mode.label() + ", prior knowledge after all\"");
      assertThat(said).contains(mode.label() + ", after all − un-edited model:");
    }
    assertThat(said).contains("this table shows that the job runs, not how well");
  }

  @Test
  void the_log_holds_a_triangle_per_sequence_and_mode() {
    List<StepRow> rows = rows(run);
    assertThat(rows).hasSize(2 * Mode.values().length * 3);
    for (StepRow row : rows) {
      assertThat(row.shares()).hasSize(row.step() == 0 ? 2 : row.step());
      assertThat(row.answers()).hasSameSizeAs(row.shares());
      assertThat(row.priorKnowledge().isPresent()).isEqualTo(row.step() == 0 || row.step() == 2);
      assertThat(row.scale()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void modes_differ_in_nothing_before_they_act() {
    List<StepRow> rows = rows(run);
    StepRow none = row(rows, Mode.NONE, 1);
    StepRow replay = row(rows, Mode.REPLAY, 1);
    assertThat(replay.selfEdit()).isEqualTo(none.selfEdit());
    assertThat(replay.lastLoss()).isEqualTo(none.lastLoss());
    assertThat(replay.answers()).isEqualTo(none.answers());
    assertThat(row(rows, Mode.REPLAY, 2).steps()).isGreaterThan(row(rows, Mode.NONE, 2).steps());
    for (Mode mode : Mode.values()) {
      assertThat(row(rows, mode, 0).answers()).isEqualTo(row(rows, Mode.NONE, 0).answers());
      assertThat(row(rows, mode, 1).selfEdit()).isEqualTo(none.selfEdit());
    }
    assertThat(row(rows, Mode.KL_ANCHOR, 1).lastLoss()).isNotEqualTo(none.lastLoss());
    assertThat(row(rows, Mode.EWC, 1).lastLoss()).isNotEqualTo(none.lastLoss());
  }

  @Test
  void ways_of_merging_change_what_comes_after_the_first_merge_and_not_the_training_before() {
    List<StepRow> rows = rows(run);
    for (Mode mode : List.of(Mode.NORM_ANCHOR, Mode.DENOISE)) {
      assertThat(row(rows, mode, 1).lastLoss()).isEqualTo(row(rows, Mode.NONE, 1).lastLoss());
      assertThat(row(rows, mode, 2).lastLoss()).isNotEqualTo(row(rows, Mode.NONE, 2).lastLoss());
      assertThat(row(rows, mode, 2).scale()).isEqualTo(1);
    }
  }

  private static StepRow row(List<StepRow> rows, Mode mode, int step) {
    return rows.stream()
        .filter(row -> row.sequence() == 0 && row.mode() == mode && row.step() == step)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_report_draws_a_matrix_per_mode() throws IOException {
    String page = Files.readString(run.resolve("report.html"));
    assertThat(page)
        .contains(
            "continual-smoke",
            "Matrices",
            "<h3>merge gate</h3>",
            "after 2",
            "Retention of a passage",
            "guards.gate.budget")
        .doesNotContain("NaN");
  }

  @Test
  void another_run_on_one_worker_has_the_same_bytes_and_so_has_one_that_was_cut_and_resumed()
      throws IOException {
    Path again = temp.resolve("again");
    small("home-2", 1, again);
    assertThat(arrowFiles(again)).isEqualTo(arrowFiles(run)).hasSize(2);
    try (RandomAccessFile log =
        new RandomAccessFile(again.resolve("steps.arrows").toFile(), "rw")) {
      log.setLength(log.length() * 3 / 5);
    }
    seal("home-2", "--workers", "2", "--quiet", "--resume", again.toString());
    assertThat(arrowFiles(again)).isEqualTo(arrowFiles(run));
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
}
