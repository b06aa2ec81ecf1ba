package org.seal4j.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.run.Experiments;

/** The recipes in {@code scripts/recipes}, checked against the kinds of this program. */
class ShippedRecipesTest {

  @Test
  @Tag("slow")
  void every_recipe_that_is_known_by_name_is_valid() {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    Seal seal =
        new Seal(Experiments.onClassPath(), Optional.of(Repository.root()), (args, more) -> 1);
    assertThat(seal.run(List.of("recipes", "validate"), out, out)).as(said.toString()).isZero();
  }

  @Test
  void every_recipe_bears_the_name_of_its_file() {
    RecipeBook book = RecipeBook.open(Optional.of(Repository.root()));
    for (String name : book.names()) {
      assertThat(book.load(name, List.of()).head().recipe()).isEqualTo(name);
    }
  }
}
