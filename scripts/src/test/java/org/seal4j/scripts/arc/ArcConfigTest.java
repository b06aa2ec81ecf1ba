package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridCodec;
import org.seal4j.data.check.InputException;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.grid.Strategy;
import org.seal4j.rl.keys.HeldOut;

class ArcConfigTest {

  @Test
  void the_quick_recipe_describes_a_model_of_the_size_it_says() {
    ArcKeys config = Recipes.config("arc-quick");
    assertThat(config.edit().configurations()).isEqualTo(640);
    assertThat(config.fixedEdit().strategy()).isEqualTo(Strategy.OUTPUT_TOKENS);
    assertThat(config.language().edits().length()).isEqualTo(7);
    assertThat(config.modelConfig().vocabSize()).isEqualTo(config.language().vocabulary().size());
    assertThat(config.evaluate().pool()).isEqualTo(HeldOut.CONFIRMATION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gate.edit=none                     | gate.edit is no edit of the recipe's schema: not"
            + " JSON",
        "edit.learningRates=[1e-4]          | learning_rate is 0.003 but must be one of [1.0E-4]",
        "edit.epochChoices=[]               | must list choices",
        "loop.keep=13                       | loop.keep must be in 1 to loop.editsPerContext (12)"
            + " but was 13",
        "loop.rounds=0                      | loop.rounds must be >= 1 but was 0",
        "model.headSize=15                  | in 'model': headSize must be even",
        "model.kvHeads=3                    | in 'model': heads must be a multiple of kvHeads",
        "pretrain.shards=3                  | in 'pretrain': batch must be a multiple of shards",
        "inner.lora.targetModules=''             | in 'inner.lora': targetModules is empty",
        "trainingSet.outputTokens=all_tokens      | all tokens is the other strategy",
        "learn.learningRate=0               | in 'learn': learningRate must be > 0",
        "policy.temperature=0               | policy.temperature must be > 0",
        "data.maxWidth=2                    | must hold the largest of data.inputs",
        "data.families=two_dimensional      | data.source synth has tasks for data.families grids"
            + " alone",
        "data.tasks=somewhere               | data.tasks names somewhere but data.source is synth",
        "evaluate.pool=conformation         | must be one of development, confirmation",
        "room={configurations: 1, repeats: 2, development: 0, draws: 0, parts: true} | in 'room':"
            + " room.configurations must be in 2 to 1000, or 0 for none, but was 1",
        "room={configurations: 0, repeats: 1, development: 0, draws: 0, parts: true} | one to"
            + " choose by, one to judge by",
        "loop.contextsPerRuond=3               | did you mean 'loop.contextsPerRound'?"
      })
  void a_wrong_key_is_refused_with_its_name_and_what_was_expected(String set, String message) {
    assertThatThrownBy(() -> Recipes.config("arc-quick", set))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void the_solver_reads_rows_and_grids_and_is_pretrained_on_both() {
    ArcKeys config = Recipes.config("arc-solver");
    int rows = Recipes.config("arc-1d").families().size();
    int grids = Recipes.config("arc-real").families().size();
    assertThat(config.families()).hasSize(rows + grids);
    GridCodec codec = config.language().sequences().codec();
    assertThat(codec.fits(Grid.generate(1, 36, (r, c) -> 1))).isTrue();
    assertThat(codec.fits(Grid.generate(12, 12, (r, c) -> 1))).isTrue();
    assertThat(codec.fits(Grid.generate(2, 13, (r, c) -> 1))).isFalse();
    assertThat(config.solver().modelConfig()).isEqualTo(config.modelConfig());
    assertThatThrownBy(() -> Recipes.config("arc-solver", "data.rows=null"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("data.rows has the sizes of single rows for data.families all")
        .hasMessageContaining("in 'data': ");
    assertThatThrownBy(() -> Recipes.config("arc-solver", "data.maxRow=32"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no wider than data.maxRow (32)");
  }

  @Tag("slow")
  @Test
  void a_description_lists_the_three_training_graphs_with_what_is_trained() {
    Description description = new Description(false, 80);
    new ArcExperiment().describe(Recipes.config("arc-smoke"), description);
    String text = description.toString();
    assertThat(text)
        .containsSubsequence(
            "Pretraining step",
            "0 frozen",
            "Inner-loop step: 8 adapters in one batch",
            "M-step: one adapter",
            "loss_weights",
            "lm_head");
  }

  @Test
  void a_drawing_has_a_cluster_per_training_graph_and_no_other_lines() {
    Description description = new Description(true, 80);
    new ArcExperiment().describe(Recipes.config("arc-smoke"), description);
    assertThat(description.toString())
        .startsWith("digraph seal {\n  subgraph cluster_g0 {")
        .contains("cluster_g1", "cluster_g2", "shape=cylinder", "fillcolor=grey")
        .doesNotContain("cluster_g3", "parameters\n")
        .endsWith("}\n");
  }
}
