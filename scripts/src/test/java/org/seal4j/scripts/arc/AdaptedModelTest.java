package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.WeightsFile;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.SmallForm;

/** A policy that writes self-edits for the model of before RL ({@code loop.adapted: start}). */
@Tag("slow")
class AdaptedModelTest {
  @TempDir static Path temp;
  private static Path policy;
  private static Path start;

  @BeforeAll
  static void run_both_once() {
    policy = run("policy");
    start = run("start");
  }

  /** With temperature and two edits a task, so that some edits are written in several rounds. */
  private static Path run(String adapted) {
    Path folder = temp.resolve(adapted);
    List<String> line = new ArrayList<>(List.of("run", "arc-smoke", "--out=" + folder));
    line.addAll(
        SmallForm.options(
            "arc-smoke",
            "loop.ranking=likelihood",
            "loop.adapted=" + adapted,
            "evaluate.contexts=4",
            "evaluate.editsPerContext=6"));
    SealCommand.run(temp.resolve("home"), line);
    return folder;
  }

  private static List<EditRow> rows(Path run, String phase) {
    return Journal.readEdits(run).stream().filter(row -> row.key().phase().equals(phase)).toList();
  }

  /** Evaluations share their random numbers, so that the edit and the model decide the outcome. */
  private static int sameOutcomes(Path run, String phase) {
    Map<String, Outcome> before = new HashMap<>();
    rows(run, "no-rl").forEach(row -> before.put(written(row), row.outcome()));
    int same = 0;
    for (EditRow row : rows(run, phase)) {
      Outcome then = before.get(written(row));
      if (then != null && row.isExamined()) {
        assertThat(row.outcome().negLogLikelihood() == then.negLogLikelihood())
            .as("%s, %s", phase, written(row))
            .isEqualTo(run.equals(start));
        same++;
      }
    }
    return same;
  }

  private static String written(EditRow row) {
    return row.key().contextId() + " " + row.key().index() + " " + row.draft().edit();
  }

  @Test
  void nothing_differs_before_the_first_round_has_been_learned_from() {
    for (String phase : List.of("gate", "in-context", "fixed", "no-rl")) {
      assertThat(rows(start, phase)).as(phase).isNotEmpty().isEqualTo(rows(policy, phase));
    }
    assertThat(start.resolve("checkpoints/round-0.safetensors"))
        .satisfies(file -> assertThat(weights(file)).isEqualTo(weights(of(policy, 0))));
    assertThat(weights(of(start, 1))).isEqualTo(weights(of(policy, 1)));
  }

  @Test
  void the_same_edit_earns_the_same_after_any_round_unless_the_policy_is_what_is_adapted() {
    assertThat(sameOutcomes(start, "round-1") + sameOutcomes(start, "round-2")).isPositive();
    assertThat(sameOutcomes(policy, "round-1") + sameOutcomes(policy, "round-2")).isPositive();
  }

  @Test
  void the_kept_model_is_the_policy_with_the_model_that_it_writes_for() throws IOException {
    KeptModel kept = KeptModel.open(start);
    try (Workers workers = new Workers(1);
        Weights writer = kept.policyWeights();
        Roles roles = kept.roles(writer, workers)) {
      assertThat(roles.areOne()).isFalse();
      assertThat(roles.policy().weights().sha256()).isEqualTo(weights(of(start, 2)));
      assertThat(roles.adapted().weights().sha256()).isEqualTo(weights(of(start, 0)));
    }
    KeptModel one = KeptModel.open(policy);
    try (Workers workers = new Workers(1);
        Weights writer = one.policyWeights();
        Roles roles = one.roles(writer, workers)) {
      assertThat(roles.areOne()).isTrue();
    }
    assertThat(policy.resolve("model/adapted.safetensors")).doesNotExist();
    Path adapted = start.resolve("model/adapted.safetensors");
    byte[] bytes = Files.readAllBytes(adapted);
    Files.copy(
        start.resolve("model/weights.safetensors"), adapted, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(kept::prove)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("adapted.safetensors is not the file that");
    Files.delete(adapted);
    assertThatThrownBy(kept::prove)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("adapted.safetensors is missing beside solver.json");
    Files.write(adapted, bytes);
    kept.prove();
  }

  private static Path of(Path run, int round) {
    return run.resolve("checkpoints/round-" + round + ".safetensors");
  }

  private static String weights(Path file) {
    KeptModel kept = KeptModel.open(policy);
    try (Weights read = WeightsFile.loadProven(kept.keys().modelConfig(), file)) {
      return read.sha256();
    }
  }
}
