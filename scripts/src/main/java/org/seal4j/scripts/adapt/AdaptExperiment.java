package org.seal4j.scripts.adapt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.bundle.BundlePath;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.scripts.run.ModelHashes;
import org.seal4j.scripts.tuning.TrainedFolder;

/** The kind {@code adapt}: documents of the user become an adapter for a model of the user. */
public final class AdaptExperiment implements Experiment<AdaptKeys> {
  private final Budget.@Nullable Planned planned;

  public AdaptExperiment() {
    planned = null;
  }

  /** For one run that was planned: what was read and measured for the plan is not again. */
  public AdaptExperiment(Budget.Planned planned) {
    this.planned = planned;
  }

  @Override
  public String kind() {
    return "adapt";
  }

  @Override
  public Class<AdaptKeys> keys() {
    return AdaptKeys.class;
  }

  @Override
  public void check(AdaptKeys recipe) {
    recipe.model().required();
    recipe.documents().requireFiles();
    recipe.study().policy(); // is refused where there is none
  }

  @Override
  public Set<String> answered(AdaptKeys recipe, Path folder) {
    return recipe.questions().teacher() != null && TeacherReplies.complete(folder)
        ? Set.of("questions.teacher.endpoint")
        : Set.of();
  }

  @Override
  public Forecast forecast(AdaptKeys recipe) {
    Path model = recipe.model().required();
    int passages = passages(recipe);
    int adapters = recipe.bundle().apart() ? passages : 1;
    double bytes =
        AdapterBank.memory(adapters, ModelFolder.sizes(model), recipe.inner().config().lora())
            .bytes();
    return new Forecast(ModelHashes.weightsBytes(model), 0, recipe.steps(passages), false)
        .withAdapters(bytes);
  }

  /** Passages that are learned; the documents are read where neither recipe nor plan tells. */
  private int passages(AdaptKeys recipe) {
    Integer told = recipe.documents().passages();
    if (told != null) {
      return told;
    }
    DocumentSet set = planned == null ? recipe.documents().read() : planned.documents();
    return recipe.documents().first(set).size();
  }

  @Override
  public Findings run(Lab lab, AdaptKeys recipe) {
    Path path = recipe.model().required();
    lab.say("reading the model of " + path);
    try (ModelFolder model = ModelFolder.load(path)) {
      return new AdaptRun(lab, recipe, model, planned).findings();
    }
  }

  /** Where a run puts what it makes. */
  static Path made(AdaptKeys recipe, Path folder) {
    return folder.resolve(recipe.bundle().apart() ? BundlePath.IN_RUN : TrainedFolder.ADAPTER);
  }

  /** A question to the model that was adapted. */
  @Override
  public Optional<List<String>> next(AdaptKeys recipe, Path folder) {
    Path adapter = made(recipe, folder);
    if (!Files.exists(adapter)) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(
            "ask",
            "--model",
            recipe.model().named().toString(),
            "--adapter",
            adapter.toString(),
            "..."));
  }

  @Override
  public void describe(AdaptKeys recipe, Description to) {
    if (recipe.model().path() == null) {
      to.say("The model is yours: --set model.path=MODEL shows its graphs.");
      return;
    }
    try (ModelFolder model = ModelFolder.load(recipe.model().required())) {
      to.model(model.weights());
      int longest = Math.min(recipe.study().tokens(), model.context());
      to.innerLoopStep("A step of the adapter", model.weights(), recipe.inner().config(), longest);
    }
  }
}
