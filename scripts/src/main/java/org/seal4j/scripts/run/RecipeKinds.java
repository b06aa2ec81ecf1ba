package org.seal4j.scripts.run;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * The kinds of recipes this program knows.
 *
 * @param all in the order in which messages name them
 */
public record RecipeKinds(List<RecipeKind<?>> all) {
  public RecipeKinds {
    all = List.copyOf(all);
  }

  /**
   * The kind of this name.
   *
   * @param place where the name was written, for the message
   */
  public RecipeKind<?> named(String name, String place) {
    return all.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Checks.refuse(
                    "%s: there is no kind '%s' of recipe; known kinds are %s",
                    place, name, all.stream().map(RecipeKind::name).toList()));
  }
}
