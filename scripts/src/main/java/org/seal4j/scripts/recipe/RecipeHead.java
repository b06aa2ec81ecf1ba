package org.seal4j.scripts.recipe;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * What every recipe says first, whatever it does.
 *
 * @param recipe its name, part of the name of its run folders
 * @param kind which program reads the rest of the keys
 * @param about one sentence: what it shows
 * @param expectedTime how long it takes, for a person
 * @param seed the root seed of a run, any whole number
 */
public record RecipeHead(String recipe, String kind, String about, String expectedTime, long seed) {

  /** The keys of the head, in order. */
  static final List<String> KEYS = RecordKeys.of(RecipeHead.class);

  public RecipeHead {
    Checks.require(
        recipe.matches("[a-z0-9][a-z0-9-]*"),
        "recipe must be a name of lower-case letters, digits and '-' but is '%s'",
        recipe);
    Checks.require(!kind.isBlank(), "kind must name what the recipe runs, such as 'arc'");
    Checks.require(
        !about.isBlank() && about.lines().count() == 1,
        "about must be one sentence on one line but is '%s'",
        about);
  }
}
