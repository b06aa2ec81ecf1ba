package org.seal4j.scripts.cli;

import java.util.List;
import org.seal4j.data.check.Shown;
import org.seal4j.eval.report.WrappedText;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.RecipeHead;

/** The recipes that are known by name, each in a line: what it shows and how long it takes. */
final class RecipeList {
  private RecipeList() {}

  static List<RecipeHead> heads(RecipeBook book) {
    return book.names().stream().map(name -> book.load(name, List.of()).head()).toList();
  }

  /**
   * A recipe each: its name, then what it is, in lines that fit.
   *
   * @param columns most characters of a line
   */
  static List<String> lines(RecipeBook book, int columns) {
    List<RecipeHead> heads = heads(book);
    int width = heads.stream().mapToInt(head -> head.recipe().length()).max().orElse(1);
    return heads.stream()
        .map(head -> line(head, width))
        .flatMap(line -> WrappedText.lines(line, columns, width + 2).stream())
        .toList();
  }

  private static String line(RecipeHead head, int width) {
    String name = head.recipe() + " ".repeat(width - head.recipe().length());
    return Shown.line("%s  %s (%s)".formatted(name, head.about(), head.expectedTime()));
  }
}
