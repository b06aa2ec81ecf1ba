package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.recipe.RecipeHead;

class NextCommandTest {
  private static final Path FOLDER = Path.of("runs", "x y");
  private static final List<String> KNOWN = List.of("arc-quick", "arc-smoke", "lonely-smoke");

  private static String after(String recipe, String kind) {
    return NextCommand.after(new RecipeHead(recipe, kind, "It runs.", "soon", 4), KNOWN, FOLDER);
  }

  @Test
  void after_a_trial_comes_the_recipe_whose_figures_count() {
    assertThat(after("arc-smoke", "arc")).endsWith(" run arc-quick");
  }

  @Test
  void after_a_pretraining_comes_a_text_by_the_new_model() {
    assertThat(after("stories", "pretrain"))
        .endsWith(" generate --model 'runs/x y/model' --prompt 'Once upon a time'");
  }

  @Test
  void else_the_same_run_with_another_seed() {
    assertThat(after("arc-quick", "arc")).endsWith(" run 'runs/x y/effective.yaml' --set seed=5");
    assertThat(after("lonely-smoke", "arc")).endsWith("effective.yaml' --set seed=5");
  }
}
