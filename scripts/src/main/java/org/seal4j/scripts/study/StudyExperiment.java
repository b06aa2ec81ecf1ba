package org.seal4j.scripts.study;

import java.nio.file.Path;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.scripts.run.ModelHashes;

/** The kind {@code study}: SEAL's knowledge experiment with a real language model. */
public final class StudyExperiment implements Experiment<StudyKeys> {

  @Override
  public String kind() {
    return "study";
  }

  @Override
  public Class<StudyKeys> keys() {
    return StudyKeys.class;
  }

  @Override
  public void check(StudyKeys recipe) {
    recipe.requireArms();
    recipe.model().required();
    recipe.data().requireFiles();
  }

  @Override
  public Forecast forecast(StudyKeys recipe) {
    LoopKeys loop = recipe.loop();
    StudyEvaluateKeys evaluate = recipe.evaluate();
    long reinforced = recipe.arms().stream().filter(ArmKeys::reinforced).count();
    double policies = (double) reinforced * loop.rounds();
    double examined = (double) evaluate.contexts() * evaluate.editsPerContext();
    double rows =
        policies * (loop.contextsPerRound() * loop.editsPerContext() + loop.reexamined())
            + (policies + recipe.arms().size() + StudyRun.OWN.size())
                * (examined + evaluate.asked());
    return new Forecast(
        ModelHashes.weightsBytes(recipe.model().required()), policies + 1, rows, false);
  }

  @Override
  public Findings run(Lab lab, StudyKeys recipe) {
    Path path = recipe.model().required();
    lab.say("reading the model of " + path);
    try (ModelFolder model = ModelFolder.load(path);
        Roles roles = recipe.loop().roles(new SharedModel(model.weights(), lab.workers()))) {
      return new StudyRun(lab, recipe, model, roles).findings();
    }
  }

  @Override
  public void describe(StudyKeys recipe, Description to) {
    if (recipe.model().path() == null) {
      to.say("The model is yours: --set model.path=MODEL shows its graphs.");
      return;
    }
    try (ModelFolder model = ModelFolder.load(recipe.model().required())) {
      to.model(model.weights());
      int longest = Math.min(256, model.context());
      to.innerLoopStep(
          "A step of an inner loop", model.weights(), recipe.inner().config(), longest);
      to.innerLoopStep(
          "A step of a policy's learning", model.weights(), recipe.learn().config(), longest);
    }
  }
}
