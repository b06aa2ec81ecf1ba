package org.seal4j.scripts.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.scripts.run.ModelHashes;
import org.seal4j.scripts.train.TuningKeys.Trained;
import org.seal4j.scripts.tuning.TrainedFolder;

/** The kind {@code train}: a model of the user is fine-tuned on rows of the user. */
public final class TrainExperiment implements Experiment<TrainKeys> {
  /** Weights, two moments and the best state, and the model itself. */
  private static final int COPIES_OF_ALL = 5;

  @Override
  public String kind() {
    return "train";
  }

  @Override
  public Class<TrainKeys> keys() {
    return TrainKeys.class;
  }

  @Override
  public void check(TrainKeys recipe) {
    recipe.model().required();
    recipe.data().requireFiles();
  }

  @Override
  public Forecast forecast(TrainKeys recipe) {
    boolean all = recipe.training().weights() == Trained.ALL;
    Path model = recipe.model().required();
    Forecast weights =
        new Forecast(
            ModelHashes.weightsBytes(model),
            all ? COPIES_OF_ALL : recipe.training().merge() ? 1 : 0,
            recipe.steps(recipe.data().lines()),
            false);
    return all
        ? weights
        : weights.withAdapters(
            AdapterBank.memory(1, ModelFolder.sizes(model), recipe.inner().config().lora())
                .bytes());
  }

  @Override
  public Findings run(Lab lab, TrainKeys recipe) {
    Path path = recipe.model().required();
    lab.say("reading the model of " + path);
    try (ModelFolder model = ModelFolder.load(path)) {
      return new TrainRun(lab, recipe, model).findings();
    }
  }

  /** A text by the model that was trained. */
  @Override
  public Optional<List<String>> next(TrainKeys recipe, Path folder) {
    List<String> words = new ArrayList<>(List.of("generate", "--model"));
    if (recipe.training().weights() == Trained.ALL) {
      words.add(folder.resolve(TrainedFolder.MODEL).toString());
    } else {
      words.add(recipe.model().named().toString());
      words.addAll(List.of("--adapter", folder.resolve(TrainedFolder.ADAPTER).toString()));
    }
    if (isByTemplate(recipe)) {
      words.add("--chat");
    }
    words.addAll(List.of("--prompt", "..."));
    return Optional.of(words);
  }

  /** Whether rows are written by the template that {@code generate --chat} asks by, too. */
  private static boolean isByTemplate(TrainKeys recipe) {
    return switch (recipe.data().chat()) {
      case MODEL -> true;
      case AUTO -> ChatTemplate.text(recipe.model().required()).isPresent();
      case LLAMA3, QWEN2, NONE -> false;
    };
  }

  @Override
  public void describe(TrainKeys recipe, Description to) {
    if (recipe.model().path() == null) {
      to.say("The model is yours: --set model.path=MODEL shows its graphs.");
      return;
    }
    try (ModelFolder model = ModelFolder.load(recipe.model().required())) {
      to.model(model.weights());
      int longest = Math.min(recipe.training().tokens(), model.context());
      if (recipe.training().weights() == Trained.ADAPTER) {
        to.innerLoopStep(
            "A step of the adapter", model.weights(), recipe.inner().config(), longest);
      } else {
        int rows = recipe.inner().batch() / recipe.training().shards();
        to.trainingStep("A step of all weights", model.weights(), new BatchShape(rows, longest));
      }
    }
  }
}
