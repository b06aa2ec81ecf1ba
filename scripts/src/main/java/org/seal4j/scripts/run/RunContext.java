package org.seal4j.scripts.run;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.Progress;
import org.seal4j.scripts.recipe.RecipeHead;
import org.seal4j.scripts.recipe.RecordTree;

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
 * @param invocation how the run was started
 */
public record RunContext(
    RecipeHead recipe,
    RunFolder folder,
    Backend backend,
    int workers,
    Path cache,
    Progress progress,
    PrintWriter out,
    Invocation invocation) {
  public RunContext {
    Checks.require(workers >= 1, "--workers must be at least 1 but was %d", workers);
  }

  /** The root of all randomness of this run. */
  public Seeds seeds() {
    return Seeds.of(recipe.seed());
  }

  /** Says something on the way to the result; nothing with {@code --quiet}. */
  public void say(String line) {
    if (!invocation.quiet()) {
      out.println(line);
      out.flush();
    }
  }

  /**
   * Writes {@code manifest.json}, the first file of a run; a resumed run is held against the one it
   * has.
   *
   * @param config the recipe's keys below its head
   * @param data SHA-256 by the name of each input
   */
  public void recordManifest(Record config, Map<String, String> data) {
    RunManifest manifest =
        new RunManifest(
            new RunManifest.Start(
                recipe.recipe(),
                invocation.commandLine(),
                backend.name(),
                recipe.seed(),
                Instant.now().toString()),
            RecordTree.of(recipe, config),
            data,
            invocation.versions(),
            Machine.here());
    if (!Files.exists(folder.manifest())) {
      manifest.write(folder.root());
      return;
    }
    List<String> differences = RunManifest.read(folder.root()).differences(manifest);
    Checks.require(
        differences.isEmpty(),
        "%s cannot be resumed here, its results would differ: %s",
        folder.root(),
        String.join("; ", differences));
  }
}
