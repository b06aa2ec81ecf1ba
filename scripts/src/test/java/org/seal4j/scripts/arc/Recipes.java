package org.seal4j.scripts.arc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  static ArcConfig config(String recipe, String... sets) {
    return draft(recipe, sets).bind(ArcConfig.class);
  }

  /** Makes a home with the recipes of this checkout and an empty cache. */
  static Path home(Path folder) {
    try {
      Path to = Files.createDirectories(folder.resolve("scripts/recipes"));
      for (String name : List.of("arc-quick.yaml", "arc-smoke.yaml")) {
        Files.copy(Repository.root().resolve("scripts/recipes").resolve(name), to.resolve(name));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
