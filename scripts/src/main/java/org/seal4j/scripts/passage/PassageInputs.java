package org.seal4j.scripts.passage;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.lora.train.InnerLoopMemory;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.LossTable;
import org.seal4j.rl.experiment.Pretrained;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.passage.PassageDomain;
import org.seal4j.rl.passage.PassageLanguage;
import org.seal4j.scripts.run.ModelHashes;

/**
 * What every run on passages begins with.
 *
 * @param plan which passages serve for what
 * @param start how the model came about
 * @param model as it is before the loop
 * @param domain tokens, prompts, training texts and grader
 */
record PassageInputs(PassagePlan plan, Pretrained start, SharedModel model, PassageDomain domain) {
  AnswerGrader grader() {
    return domain.grader();
  }

  /**
   * Makes or reads them, writes the tables that tell of them, and hands them on; the model is gone
   * afterwards.
   */
  static Findings open(Lab lab, PassageKeys recipe, Function<PassageInputs, Findings> body) {
    Opening opening = new Opening(lab, recipe, body);
    return switch (recipe.data().source()) {
      case WORLD -> opening.inventedWorld();
      case FILES -> opening.files();
    };
  }

  private record Opening(Lab lab, PassageKeys recipe, Function<PassageInputs, Findings> body) {
    Findings inventedWorld() {
      InventedWorld world = WorldModel.world(lab.seeds());
      PassagePlan plan = lab.stage("passages", () -> new WorldPlan(recipe, world).plan());
      lab.inputs(plan.hashes());
      try (Pretrained pretrained = recipe.worldModel().obtain(lab)) {
        lab.table("pretraining", LossTable.SCHEMA, LossTable.rows(pretrained.losses()));
        return hand(plan, pretrained, recipe.worldModel().language());
      }
    }

    Findings files() {
      Path path = recipe.modelPath();
      lab.say("reading the model of " + path);
      try (ModelFolder model = ModelFolder.load(path)) {
        PassageLanguage language =
            recipe.prompts().ofModel(path, tokenizer(path, model), model.endTokens());
        InnerLoopMemory.require("inner", model.config(), recipe.inner().config());
        InnerLoopMemory.require("learn", model.config(), recipe.learn().config());
        PassagePlan plan =
            lab.stage("passages", () -> new FilePlan(recipe, language, lab.seeds()).plan());
        plan.notes().forEach(lab::say);
        Map<String, String> hashes = new LinkedHashMap<>(plan.hashes());
        hashes.putAll(ModelHashes.of(path));
        lab.inputs(hashes);
        model.describe(lab.folder("model")); // what the checkpoints do not say
        Pretrained given = Pretrained.given(model.weights(), path.toString());
        return hand(plan, given, language);
      }
    }

    private Tokenizer tokenizer(Path path, ModelFolder model) {
      Path file =
          model
              .tokenizer()
              .orElseThrow(
                  () ->
                      Checks.refuse(
                          "%s has no tokenizer (tokenizer.json, tokenizer.model, tok*.bin, or"
                              + " vocab.json and merges.txt); put it beside the weights",
                          path));
      Checks.require(
          !model.config().tiedHead() || !recipe.learn().lora().targetModules().contains("head"),
          "learn.lora.targetModules is %s, but the head of %s is its embedding and cannot have an"
              + " adapter; use all-linear",
          recipe.learn().lora().targetModules(),
          path);
      Tokenizer tokenizer = Tokenizers.load(file);
      Checks.require(
          tokenizer.vocabSize() <= model.config().vocabSize(),
          "%s has %d tokens but the model of %s has %d; they do not belong together",
          file,
          tokenizer.vocabSize(),
          path,
          model.config().vocabSize());
      return tokenizer;
    }

    private Findings hand(PassagePlan given, Pretrained start, PassageLanguage language) {
      PassagePlan plan = withOtherModel(given);
      AnswerGrader grader = recipe.answer().grader(recipe.prompts());
      lab.table("passages", PassageUses.SCHEMA, PassageUses.rows(plan));
      return body.apply(
          new PassageInputs(
              plan,
              start,
              new SharedModel(start.weights(), lab.workers()),
              recipe.domain(language, grader)));
    }

    /** The plan with the texts of another model where the recipe names one. */
    private PassagePlan withOtherModel(PassagePlan plan) {
      OtherModelKeys other = recipe.otherModel();
      return other == null
          ? plan
          : plan.withTeacher(
              TeacherTexts.obtain(
                      lab.folder().resolve(TeacherTexts.FILE),
                      lab.identity(),
                      other,
                      recipe.prompts().edit(),
                      plan.evaluation(),
                      lab.seeds(),
                      lab.listener())
                  .source());
    }
  }
}
