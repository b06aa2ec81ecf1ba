package org.seal4j.scripts.corpus;

import java.nio.file.Path;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.scripts.run.ModelHashes;

/** The kind {@code corpus}: how the knowledge of many passages is best kept. */
public final class CorpusExperiment implements Experiment<CorpusKeys> {
  /** Questions about nothing known, and paragraphs of the general text. */
  private static final int GENERAL = 44;

  /** Questions of a passage, about. */
  private static final int QUESTIONS = 5;

  /** An adapter beside the model, as a share of it: rank 16 in a third of the layers. */
  private static final double ADAPTER = 0.015;

  @Override
  public String kind() {
    return "corpus";
  }

  @Override
  public Class<CorpusKeys> keys() {
    return CorpusKeys.class;
  }

  @Override
  public void check(CorpusKeys recipe) {
    recipe.requireCourse();
    recipe.model().required();
    recipe.data().requireFiles();
  }

  @Override
  public Forecast forecast(CorpusKeys recipe) {
    int largest = recipe.corpus().largest();
    double rows = 0;
    for (int size : recipe.corpus().sizes()) {
      int asked = Math.min(size, recipe.corpus().asked());
      rows += (double) recipe.methods().size() * (2 * QUESTIONS * asked + GENERAL);
    }
    double together =
        recipe.compared(Method.OneForAll.class).size() * recipe.corpus().sizes().size();
    return new Forecast(
        ADAPTER * ModelHashes.weightsBytes(recipe.model().required()),
        largest + together * recipe.together().rank() / recipe.inner().lora().rank(),
        rows / 4 + largest,
        false);
  }

  @Override
  public Findings run(Lab lab, CorpusKeys recipe) {
    Path path = recipe.model().required();
    lab.say("reading the model of " + path);
    try (ModelFolder model = ModelFolder.load(path)) {
      return new CorpusRun(lab, recipe, model).findings();
    }
  }

  @Override
  public void describe(CorpusKeys recipe, Description to) {
    if (recipe.model().path() == null) {
      to.say("The model is yours: --set model.path=MODEL shows its graphs.");
      return;
    }
    try (ModelFolder model = ModelFolder.load(recipe.model().required())) {
      to.model(model.weights());
      int longest = Math.min(256, model.context());
      to.innerLoopStep(
          "A step of a passage's adapter", model.weights(), recipe.inner().config(), longest);
      to.innerLoopStep(
          "A step of one adapter for all",
          model.weights(),
          recipe.together().config(recipe.inner()),
          longest);
    }
  }
}
