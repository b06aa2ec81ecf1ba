package org.seal4j.scripts.cli;

import java.util.List;
import java.util.Locale;
import org.seal4j.data.check.Shown;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.RecipeHead;

/** The recipes that are known by name, each in a line: what it shows and how long it takes. */
final class RecipeList {
  private RecipeList() {}

  static List<RecipeHead> heads(RecipeBook book) {
    return book.names().stream().map(name -> book.load(name, List.of()).head()).toList();
  }

  static List<String> lines(RecipeBook book) {
    List<RecipeHead> heads = heads(book);
    int width = heads.stream().mapToInt(head -> head.recipe().length()).max().orElse(1);
    return heads.stream()
        .map(
            head ->
                String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %s (%s)",
                    head.recipe(),
                    head.about(),
                    head.expectedTime()))
        .map(Shown::line)
        .toList();
  }
}
