package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
import org.seal4j.data.table.ArrowTable;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.LossTable;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.SmallForm;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.run.Backend;
import org.seal4j.scripts.run.Checksums;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.run.Invocation;
import org.seal4j.scripts.run.RunFolder;
import org.seal4j.scripts.run.RunLab;
import org.seal4j.scripts.run.RunManifest;
import org.seal4j.scripts.run.Versions;

/** The whole main job in small, from the command line; a first run is shared by most tests. */
@Tag("slow")
class ArcSmokeTest {
  /** Two groups of edits in a round, so that a run can be stopped between them. */
  private static final String GROUPS = "inner.groups.size=2";

  @TempDir static Path temp;
  private static Path run;
  private static String printed;

  @BeforeAll
  static void run_the_smoke_recipe_once() {
    run = temp.resolve("first");
    printed = seal("home-1", "--workers", "2", "--out", run.toString());
  }

  /** Runs the recipe in a home of its own, so that nothing comes from another run's cache. */
  private static String seal(String home, String... options) {
    StringWriter out = new StringWriter();
    List<String> line = new ArrayList<>(List.of("run", "arc-smoke"));
    line.addAll(SmallForm.options("arc-smoke", GROUPS));
    line.addAll(List.of(options));
    PrintWriter writer = new PrintWriter(out, true);
    assertThat(command(home, "arc-quick", "arc-smoke").run(line, writer, writer))
        .as(out.toString())
        .isZero();
    return out.toString();
  }

  private static Seal command(String home, String... recipes) {
    return new Seal(
        new Experiments(List.of(new ArcExperiment())),
        Optional.of(RecipeHome.at(temp.resolve(home), recipes)),
        (args, environment) -> 99);
  }

  @Test
  void a_run_leaves_its_whole_folder() {
    assertThat(run)
        .isDirectoryContaining("glob:**/manifest.json")
        .isDirectoryContaining("glob:**/effective.yaml")
        .isDirectoryContaining("glob:**/tasks.arrow")
        .isDirectoryContaining("glob:**/edits.arrows")
        .isDirectoryContaining("glob:**/learning.arrows")
        .isDirectoryContaining("glob:**/evaluations.arrow")
        .isDirectoryContaining("glob:**/pretraining.arrow")
        .isDirectoryContaining("glob:**/left_out.arrow")
        .isDirectoryContaining("glob:**/summary.json")
        .isDirectoryContaining("glob:**/timings.json")
        .isDirectoryContaining("glob:**/SHA256SUMS")
        .isDirectoryContaining("glob:**/report.html");
    assertThat(RunManifest.read(run).data())
        .containsKeys("loop tasks", "gate tasks", "evaluation tasks");
  }

  @Test
  void the_table_names_every_condition_and_the_paired_difference() {
    assertThat(printed)
        .contains(
            "in-context ",
            "uniform-random ",
            "self-edits without RL ",
            "round 1 ",
            "round 2 ",
            "fixed good ",
            "round 2 − self-edits without RL:",
            "paired over 2 tasks",
            "gate: the fixed good configuration solves",
            "per minute and core",
            " edits after sampling again",
            "this table shows that the job runs, not how well");
  }

  @Test
  void the_journal_holds_each_phase_in_order_and_the_evaluations_agree() {
    List<EditRow> edits = Journal.readEdits(run);
    assertThat(edits.stream().map(row -> row.key().phase()).distinct())
        .containsExactly(
            "gate",
            "in-context",
            "fixed",
            "uniform-random",
            "no-rl",
            "train",
            "round-1",
            "round-2",
            "most-likely");
    ArrowTable evaluations =
        ArrowTable.read(run.resolve("evaluations.arrow"), EvaluationTable.SCHEMA);
    assertThat(evaluations.rows()).hasSize(2 + 6 * 2);
    assertThat(evaluations.rows())
        .allSatisfy(
            row ->
                assertThat(edits)
                    .anyMatch(
                        edit ->
                            edit.key().phase().equals(row.string("phase"))
                                && edit.key().contextId().equals(row.string("task_id"))
                                && edit.key().index() == row.int32("edit_index")
                                && edit.outcome().solved() == row.bool("pass_at_2")));
    assertThat(Journal.readLearning(run)).isNotEmpty();
    assertThat(LossTable.read(run.resolve("pretraining.arrow"))).hasSize(12);
  }

  @Test
  void real_tasks_that_are_not_there_are_refused_before_a_folder_is_made() {
    Path folder = temp.resolve("refused");
    List<List<String>> endings =
        List.of(List.of(), List.of("--set", "data.tasks=" + temp.resolve("nowhere")));
    Seal seal = command("home-1d", "arc-quick", "arc-1d");
    for (List<String> ending : endings) {
      StringWriter out = new StringWriter();
      List<String> line = new ArrayList<>(List.of("run", "arc-1d", "--out", folder.toString()));
      line.addAll(ending);
      PrintWriter writer = new PrintWriter(out, true);
      assertThat(seal.run(line, writer, writer)).isEqualTo(2);
      assertThat(out.toString()).contains("data.tasks").doesNotContain("recipe:");
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void no_evaluated_task_is_in_a_round() {
    ArrowTable tasks = ArrowTable.read(run.resolve("tasks.arrow"), TaskTable.SCHEMA);
    List<String> looped = new ArrayList<>();
    List<String> evaluated = new ArrayList<>();
    tasks
        .rows()
        .forEach(
            row ->
                (row.string("used_for").startsWith("loop") ? looped : evaluated)
                    .add(row.string("family")));
    assertThat(looped).hasSize(4).doesNotContainAnyElementsOf(evaluated);
  }

  @Test
  void the_report_shows_table_curves_preferences_and_tasks() throws IOException {
    assertThat(Files.readString(run.resolve("report.html")))
        .contains(
            "arc-smoke",
            "self-edits without RL",
            "Pretraining",
            "Policy choices",
            "after round 2",
            " worst tasks</h2>",
            "peak resident memory",
            "mixture.lossWeights.firstOutput")
        .containsOnlyOnce("data_generation") // in gate.edit: tasks show edits as symbols
        .doesNotContain("NaN");
  }

  @Test
  void another_run_on_one_worker_has_the_same_bytes_in_every_Arrow_file() throws IOException {
    Path again = temp.resolve("again");
    String out = seal("home-2", "--workers", "1", "--quiet", "--out", again.toString());
    assertThat(out).startsWith("condition");
    assertThat(arrowFiles(again)).isEqualTo(arrowFiles(run)).hasSize(6);
    assertThat(again.resolve(Checksums.FILE_NAME))
        .hasSameTextualContentAs(run.resolve(Checksums.FILE_NAME));
  }

  @Test
  void a_run_killed_in_every_stage_and_resumed_has_the_same_bytes() throws IOException {
    Path folder = temp.resolve("killed");
    Path cache = temp.resolve("cache-killed");
    Files.createDirectories(cache);
    List<Killer> killers =
        List.of(
            new Killer("pretraining", 7),
            new Killer("uniform-random configurations: evaluating edits", 1 + 1),
            new Killer("train (round 1): evaluating edits", 2 + 1),
            new Killer("round 1: evaluating edits", 2),
            new Killer("train (round 2): learning", 0));
    for (Killer killer : killers) {
      assertThatThrownBy(() -> start(folder, cache, killer))
          .as("stopped in %s", killer.part)
          .isInstanceOf(Killed.class);
    }
    start(folder, cache, RunListener.silent());
    assertThat(arrowFiles(folder)).isEqualTo(arrowFiles(run));
  }

  private static void start(Path folder, Path cache, RunListener listener) {
    String[] settings = SmallForm.settings("arc-smoke", GROUPS).toArray(String[]::new);
    RecipeDraft draft = Recipes.draft("arc-smoke", settings);
    ArcKeys config = draft.bind(ArcKeys.class);
    String effective = draft.effectiveYaml(config);
    try (RunFolder opened =
        Files.exists(folder)
            ? RunFolder.resume(folder, effective)
            : RunFolder.create("arc-smoke", folder, Instant.EPOCH, effective)) {
      RunLab.run(
          new ArcExperiment(),
          config,
          new RunLab.Settings(
              draft.head(),
              config,
              new Backend("cpu", "CpuBackend"),
              cache,
              new Invocation(List.of(), Versions.here("test", "test"))),
          opened,
          2,
          listener);
    }
  }

  static TreeMap<String, String> arrowFiles(Path folder) throws IOException {
    TreeMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().contains(".arrow"))
          .forEach(file -> hashes.put(file.getFileName().toString(), ContentHash.ofFile(file)));
    }
    return hashes;
  }

  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Dies in a part of the run when it hears of progress for the n-th time; at 0 when it begins. It
   * hears of every group of edits that is evaluated, then of every row in the journal.
   */
  private static final class Killer implements RunListener {
    private final String part;
    private final long after;
    private boolean inPart;
    private long heard;

    Killer(String part, long after) {
      this.part = part;
      this.after = after;
    }

    @Override
    public void start(String what, long total) {
      inPart = what.equals(part);
      if (inPart && after == 0) {
        throw new Killed();
      }
    }

    @Override
    public void step(long done, String note) {
      if (inPart && ++heard == after) {
        throw new Killed();
      }
    }
  }
}
