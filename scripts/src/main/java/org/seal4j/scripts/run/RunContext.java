package org.seal4j.scripts.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.seal4j.data.run.Checks;
import org.seal4j.data.run.Seeds;
import org.seal4j.rl.Progress;
import org.seal4j.scripts.recipe.RecipeHead;

/**
 * What the command line hands to a run.
 *
 * @param recipe name, kind, root seed
 * @param folder where the run writes; {@link RunFolder#resumed} says whether it goes on
 * @param backend what the tensors run on
 * @param workers threads that run inner loops; results do not depend on it
 * @param cache folder for what several runs share, such as pretrained checkpoints by configuration
 *     hash; may not exist yet
 * @param progress how far it is; silent with {@code --quiet}
 * @param out for the result: the table a person came for
 */
public record RunContext(
    RecipeHead recipe,
    RunFolder folder,
    Backend backend,
    int workers,
    Path cache,
    Progress progress,
    PrintWriter out) {
  public RunContext {
    Checks.require(workers >= 1, "--workers must be at least 1 but was %d", workers);
  }

  /** The root of all randomness of this run. */
  public Seeds seeds() {
    return Seeds.of(recipe.seed());
  }
}
