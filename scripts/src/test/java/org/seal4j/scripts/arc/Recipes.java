package org.seal4j.scripts.arc;

import java.util.List;
import java.util.Optional;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.RecipeDraft;

/** The recipes of this checkout, for tests. */
final class Recipes {
  private Recipes() {}

  static RecipeDraft draft(String recipe, String... sets) {
    return RecipeBook.open(Optional.of(Repository.root())).load(recipe, List.of(sets));
  }

  static ArcKeys config(String recipe, String... sets) {
    return draft(recipe, sets).bind(ArcKeys.class);
  }
}
