package org.seal4j.scripts.passage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.continual.ContinualKeys;
import org.seal4j.scripts.cpt.CptKeys;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.RecipeDraft;

/** The experiments on invented worlds begin with one and the same model. */
class OneModelTest {
  private static RecipeDraft draft(String recipe) {
    return RecipeBook.open(Optional.of(Repository.root())).load(recipe, List.of());
  }

  @Test
  void the_recipes_say_the_same_about_model_pretraining_prompts_and_seed() {
    RecipeDraft quick = draft("squad-quick");
    WorldModel model = quick.bind(PassageKeys.class).worldModel();
    ContinualKeys continual = draft("continual-quick").bind(ContinualKeys.class);
    assertThat(
            new WorldModel(
                continual.model(), continual.pretrain(), continual.mixture(), continual.prompts()))
        .isEqualTo(model);
    CptKeys cpt = draft("cpt-quick").bind(CptKeys.class);
    assertThat(new WorldModel(cpt.model(), cpt.pretrain(), cpt.mixture(), cpt.prompts()))
        .isEqualTo(model);
    for (String recipe : List.of("continual-quick", "cpt-quick")) {
      assertThat(draft(recipe).head().seed()).isEqualTo(quick.head().seed());
    }
  }
}
