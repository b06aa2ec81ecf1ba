/**
 * Recipes: commented YAML whose keys are the paths of a tree of records, such as {@code
 * inner.lora.rank}. A recipe is read strictly (unknown, missing and ill-typed keys are refused with
 * file, line and the nearest known key), may extend another one, takes {@code --set key=value}
 * overrides, and is written back as the effective configuration of a run.
 *
 * <p>Entry type: {@link org.seal4j.scripts.recipe.RecipeBook}. Generic in the record class: nothing
 * here knows what a recipe does. May not be imported here: ND4J, and other packages of the command
 * line.
 */
@NullMarked
package org.seal4j.scripts.recipe;

import org.jspecify.annotations.NullMarked;
