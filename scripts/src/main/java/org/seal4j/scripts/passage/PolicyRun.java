package org.seal4j.scripts.passage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.model.weights.WeightsFile;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.passage.PassageDomain;
import org.seal4j.rl.passage.PassageLanguage;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.run.RunFolder;
import org.seal4j.scripts.run.StoredRecipe;

/**
 * The policy that a run of kind {@code knowledge} has trained from a model of the user, and how it
 * was asked there.
 *
 * @param folder of the run
 * @param weights file of the policy
 * @param recipe of the run
 */
public record PolicyRun(Path folder, Path weights, PassageKeys recipe) {
  private static final String KIND = "knowledge";
  private static final String WEIGHTS = ".safetensors";

  /** From the weights of a run up to its folder. */
  private static final int LEVELS = 4;

  /**
   * The policy at a path: the folder of a run, which means its last round, or the weights of one of
   * its rounds; empty where the path is of no run.
   *
   * @throws org.seal4j.data.check.InputException where the run is not finished, damaged, or of a
   *     kind or on a model whose policy writes no texts for others
   */
  public static Optional<PolicyRun> at(Path path) {
    if (Files.isRegularFile(path.resolve(RunFolder.EFFECTIVE))) {
      PassageKeys recipe = recipe(path);
      Path last =
          path.resolve("checkpoints")
              .resolve(SealLoop.policyName(recipe.loop().rounds()) + WEIGHTS);
      PolicyRun found = of(path, last, recipe);
      Checks.require(
          Files.isRegularFile(last),
          "%s has no policy of its last round (%s is missing): finish it (%s), or name the weights of"
              + " an earlier round",
          path,
          path.relativize(last),
          CommandName.with("run", "--resume", path.toString()));
      return Optional.of(found);
    }
    if (!Files.isRegularFile(path) || !path.toString().endsWith(WEIGHTS)) {
      return Optional.empty();
    }
    Path at = path.toAbsolutePath().normalize().getParent();
    for (int i = 0; i < LEVELS && at != null; i++, at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(RunFolder.EFFECTIVE))) {
        return Optional.of(of(at, path, recipe(at)));
      }
    }
    return Optional.empty();
  }

  private static PassageKeys recipe(Path run) {
    Path stored = run.resolve(RunFolder.EFFECTIVE).toAbsolutePath();
    StoredRecipe.check(stored);
    RecipeDraft draft = RecipeBook.open(Optional.empty()).load(stored.toString(), List.of());
    String kind = draft.head().kind();
    Checks.require(
        kind.equals(KIND),
        "%s is a run of kind %s, which leaves no policy that writes texts about passages; name a run"
            + " of kind %s, such as one of the recipe squad-real",
        run,
        kind,
        KIND);
    return draft.bind(PassageKeys.class);
  }

  private static PolicyRun of(Path run, Path weights, PassageKeys recipe) {
    Checks.require(
        recipe.rules() == null,
        "%s compares several rules and has no one policy; name a run of one rule, such as one of the"
            + " recipe squad-real",
        run);
    Checks.require(
        recipe.data().source() == PassageDataKeys.Source.FILES,
        "%s is a run on an invented world, whose model is its own and knows no other texts; name a run"
            + " that began with a model of yours, such as one of the recipe squad-real",
        run);
    return new PolicyRun(run, weights, recipe);
  }

  /** What its run says of its model beside the weights: tokenizer, template, ends. */
  public Path model() {
    return folder.resolve("model");
  }

  /** Reads the policy, and refuses weights that are not as they were written. */
  public ModelFolder open() {
    WeightsFile.requireProof(weights);
    return ModelFolder.load(weights);
  }

  /** How it wrote. */
  public Sampling sampling() {
    return recipe.policy().sampling();
  }

  /** How it was asked, and how its self-edits became texts. */
  public PassageDomain domain(Tokenizer tokenizer, ModelFolder policy) {
    PassageLanguage language = recipe.prompts().ofModel(model(), tokenizer, policy.endTokens());
    return recipe.domain(language, recipe.answer().grader());
  }
}
