package org.example.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.example.reversal.Recipes;
import org.example.reversal.ReversalExperiment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.squad.Passage;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RewardRule;
import org.seal4j.rl.experiment.FolderLab;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.rl.passage.PromptKinds;
import org.seal4j.rl.restem.SelectionRule;
import org.seal4j.rl.restem.TopPerTask.Ranking;

/** Parts of this project, found by the names that recipes use. */
class PartsTest {
  @TempDir Path temp;

  @Test
  void one_run_pretrains_and_adapts_with_lion_and_selects_by_rules_of_its_own() {
    LoopKeys loop = new LoopKeys(1, 4, 5, 0, "certainty", "solved_by_rank", Ranking.REWARD, 1);
    var recipe =
        Recipes.recipe(
            OptimizerSpec.of("lion"), Schedule.of("inverse-root"), loop, 20, 2);
    Path run = temp.resolve("run");
    FolderLab.Settings settings =
        new FolderLab.Settings(run, temp.resolve("cache"), "cpu", 1, 1);
    try (FolderLab lab = new FolderLab(settings, RunListener.silent())) {
      lab.run(new ReversalExperiment(), recipe);
    }
    List<EditRow> trained =
        Journal.readEdits(run).stream().filter(row -> row.outcome().training().steps() > 0).toList();
    assertThat(trained).isNotEmpty();
    assertThat(trained)
        .as("Lion memorises a word at some of the rates")
        .anyMatch(
            row ->
                row.outcome().training().lastLoss() < row.outcome().training().firstLoss() / 4);
  }

  @Test
  void the_names_of_rules_are_found_and_others_are_refused() {
    assertThat(SelectionRule.named("solved_by_rank")).isInstanceOf(SolvedByRank.class);
    assertThat(RewardRule.named("certainty")).isInstanceOf(Certainty.class);
    assertThat(Schedule.of("inverse-root").afterWarmup(3, 10)).isEqualTo(0.5);
    assertThatThrownBy(() -> OptimizerSpec.of("tiger")).hasMessageContaining("lion");
  }

  @Test
  void a_prompt_of_a_recipe_stands_beside_those_of_seal() {
    PromptKinds kinds = PromptKinds.with(Map.of("in-short", "{title}: {context}\nIn short:"));
    assertThat(kinds.names()).contains("implications", "in-short");
    assertThat(kinds.named("in-short").text(new Passage("r", "Rome", "It fell.", List.of())))
        .isEqualTo("Rome: It fell.\nIn short:");
  }
}
