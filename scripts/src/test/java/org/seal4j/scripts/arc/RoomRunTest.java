package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.SmallForm;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.run.Backend;
import org.seal4j.scripts.run.Invocation;
import org.seal4j.scripts.run.RunFolder;
import org.seal4j.scripts.run.RunLab;
import org.seal4j.scripts.run.Versions;

/** The smoke recipe with its room measured, and without; both are run once. */
@Tag("slow")
class RoomRunTest {
  private static final String ROOM =
      "room={configurations: 4, repeats: 2, development: 1, draws: 2, parts: true}";
  private static final String GROUPS = "inner.groups.size=2";
  private static final Set<String> ADDED =
      Set.of(
          "in-context-one-prompt",
          "fixed-one-prompt",
          "room",
          "room-development",
          "last-one-prompt",
          "in-context-after",
          "fixed-after");

  @TempDir static Path temp;
  private static Path plain;
  private static Path measured;

  @BeforeAll
  static void run_both_once() {
    plain = temp.resolve("plain");
    measured = temp.resolve("measured");
    start(plain, 2, RunListener.silent());
    start(measured, 2, RunListener.silent(), ROOM);
  }

  private static void start(Path folder, int workers, RunListener listener, String... more) {
    String[] settings =
        Stream.concat(
                SmallForm.settings(
                    "arc-smoke",
                    GROUPS,
                    "evaluate.contexts=4",
                    "gate.tasks=2",
                    "loop.adapted=policy")
                    .stream(),
                Stream.of(more))
            .toArray(String[]::new);
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
              Files.createDirectories(temp.resolve("cache")),
              new Invocation(List.of(), Versions.here("test", "test"))),
          opened,
          workers,
          listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<EditRow> rows(Path run, String phase) {
    return Journal.readEdits(run).stream().filter(row -> row.key().phase().equals(phase)).toList();
  }

  @Test
  void no_row_of_the_run_without_it_is_changed() {
    assertThat(
            Journal.readEdits(measured).stream()
                .filter(row -> !ADDED.contains(row.key().phase()))
                .toList())
        .isEqualTo(Journal.readEdits(plain));
    assertThat(Journal.readEdits(measured).stream().map(row -> row.key().phase()).distinct())
        .containsExactly(
            "gate",
            "in-context",
            "fixed",
            "uniform-random",
            "no-rl",
            "in-context-one-prompt",
            "fixed-one-prompt",
            "room",
            "room-development",
            "train",
            "round-1",
            "round-2",
            "most-likely",
            "last-one-prompt",
            "in-context-after",
            "fixed-after");
    assertThat(plain.resolve("room.arrow")).doesNotExist();
  }

  @Test
  void every_configuration_is_tried_on_every_task_and_the_first_is_that_of_the_gate() {
    List<EditRow> room = rows(measured, "room");
    assertThat(room).hasSize(4 * 4 * 2);
    assertThat(rows(measured, "room-development")).hasSize(4 * 2);
    List<EditRow> first = room.stream().filter(row -> row.key().index() == 0).toList();
    List<EditRow> fixed = rows(measured, "fixed");
    assertThat(first)
        .extracting(EditRow::outcome)
        .isEqualTo(fixed.stream().map(EditRow::outcome).toList());
    // The second training of a configuration has other random numbers.
    List<EditRow> again = room.stream().filter(row -> row.key().index() == 4).toList();
    assertThat(again)
        .extracting(row -> row.draft().edit())
        .isEqualTo(first.stream().map(row -> row.draft().edit()).toList());
    assertThat(again)
        .extracting(row -> row.outcome().negLogLikelihood())
        .isNotEqualTo(first.stream().map(row -> row.outcome().negLogLikelihood()).toList());
  }

  @Test
  void rows_with_one_prompt_have_the_same_trainings_and_a_single_attempt() {
    for (List<String> pair :
        List.of(
            List.of("fixed-one-prompt", "fixed"),
            List.of("in-context-one-prompt", "in-context"),
            List.of("last-one-prompt", "round-2"))) {
      List<EditRow> alone = rows(measured, pair.get(0));
      List<EditRow> voted = rows(measured, pair.get(1));
      assertThat(alone).hasSameSizeAs(voted);
      for (int i = 0; i < alone.size(); i++) {
        assertThat(alone.get(i).draft()).isEqualTo(voted.get(i).draft());
        assertThat(alone.get(i).outcome().training()).isEqualTo(voted.get(i).outcome().training());
        assertThat(alone.get(i).outcome().negLogLikelihood())
            .isEqualTo(voted.get(i).outcome().negLogLikelihood());
        assertThat(alone.get(i).outcome().answers()).hasSize(1);
      }
    }
  }

  @Test
  void the_report_has_the_room_the_parts_and_what_the_policy_reads() throws IOException {
    assertThat(Files.readString(measured.resolve("report.html")))
        .contains(
            "<h2>Room</h2>",
            "best fixed, chosen on other kinds",
            "best fixed, chosen on 1 development task",
            "oracle, best of 4, examined anew",
            "what a policy can win by reading the task",
            "<h2>Where the reward differs</h2>",
            "<h2>Reward by choice</h2>",
            "% solved by kind and configuration",
            "<h2>Configurations of the design</h2>",
            "<h2>What the policy reads</h2>",
            "after round 2: reads the task",
            "<h2>Parts of the score</h2>",
            "fixed good configuration after round 2")
        .doesNotContain("NaN");
    assertThat(Files.readString(measured.resolve("summary.json")))
        .contains("room: oracle − best fixed", "in-context, one prompt");
  }

  @Test
  void one_worker_gives_the_same_bytes_as_two() throws IOException {
    Path one = temp.resolve("one");
    start(one, 1, RunListener.silent(), ROOM);
    assertThat(ArcSmokeTest.arrowFiles(one))
        .isEqualTo(ArcSmokeTest.arrowFiles(measured))
        .hasSize(9);
  }

  @Test
  void a_run_killed_while_the_room_is_measured_and_resumed_has_the_same_bytes() throws IOException {
    Path folder = temp.resolve("killed");
    for (String phase :
        List.of(
            "room: evaluating edits",
            "room-development: evaluating edits",
            "round 1: evaluating edits",
            "round 2, one prompt: evaluating edits",
            "fixed good configuration after round 2: evaluating edits")) {
      assertThatThrownBy(() -> start(folder, 2, new Killer(phase), ROOM))
          .as("stopped in %s", phase)
          .isInstanceOf(ArcSmokeTest.Killed.class);
    }
    start(folder, 2, RunListener.silent(), ROOM);
    assertThat(ArcSmokeTest.arrowFiles(folder)).isEqualTo(ArcSmokeTest.arrowFiles(measured));
  }

  /** Dies when it hears of progress in a part of the run for the second time. */
  private static final class Killer implements RunListener {
    private final String part;
    private boolean inPart;
    private int heard;

    Killer(String part) {
      this.part = part;
    }

    @Override
    public void start(String what, long total) {
      inPart = what.equals(part);
    }

    @Override
    public void step(long done, String note) {
      if (inPart && ++heard == 2) {
        throw new ArcSmokeTest.Killed();
      }
    }
  }
}
