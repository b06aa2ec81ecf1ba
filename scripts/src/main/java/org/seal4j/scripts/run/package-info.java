/**
 * What a run stands on: the backend that was asked for, the run folder, progress on the terminal,
 * and the {@link org.seal4j.scripts.run.RecipeKind} through which a kind of recipe joins the
 * command line.
 *
 * <p>Entry types: {@link org.seal4j.scripts.run.RecipeKind}, {@link
 * org.seal4j.scripts.run.RunContext}. May not be imported here: the command line itself.
 */
@NullMarked
package org.seal4j.scripts.run;

import org.jspecify.annotations.NullMarked;
