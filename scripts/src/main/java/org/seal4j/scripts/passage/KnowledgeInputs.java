package org.seal4j.scripts.passage;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.passage.PassageDomain;
import org.seal4j.rl.passage.PassageLanguage;
import org.seal4j.rl.teacher.ChatClient;
import org.seal4j.rl.teacher.EndpointConfig;
import org.seal4j.rl.teacher.LlmJudge;
import org.seal4j.scripts.experiment.LossTable;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.run.RunContext;

/**
 * What every run on passages begins with.
 *
 * @param plan which passages serve for what
 * @param start how the model came about
 * @param model as it is before the loop
 * @param domain tokens, prompts, training texts and grader
 */
record KnowledgeInputs(
    PassagePlan plan, Pretrained start, SharedModel model, PassageDomain domain) {

  AnswerGrader grader() {
    return domain.grader();
  }

  /**
   * Makes or reads them, writes the tables that tell of them, and hands them on; the model is gone
   * afterwards.
   *
   * @param recorded the configuration that the manifest shows
   */
  static void open(
      RunContext context,
      KnowledgeConfig config,
      Record recorded,
      Timings timings,
      Consumer<KnowledgeInputs> body) {
    try (Workers workers = new Workers(context.workers())) {
      Opening opening = new Opening(context, config, recorded, timings, workers);
      switch (config.data().source()) {
        case WORLD -> opening.inventedWorld(body);
        case FILES -> opening.files(body);
      }
    }
  }

  private record Opening(
      RunContext context,
      KnowledgeConfig config,
      Record recorded,
      Timings timings,
      Workers workers) {

    void inventedWorld(Consumer<KnowledgeInputs> body) {
      InventedWorld world = WorldModel.world(context.seeds());
      PassagePlan plan = timings.stage("passages", () -> new WorldPlan(config, world).plan());
      context.recordManifest(recorded, plan.hashes());
      try (Pretrained pretrained =
          timings.stage("pretraining", () -> config.worldModel().obtain(context, workers))) {
        LossTable.write(context.folder().table("pretraining"), pretrained.losses());
        hand(plan, pretrained, config.worldModel().language(), body);
      }
    }

    void files(Consumer<KnowledgeInputs> body) {
      Path path = config.data().modelPath();
      try (ModelFolder model = ModelFolder.load(path)) {
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
            !model.config().tiedHead() || !config.learn().targetModules().contains("head"),
            "learn.targetModules is %s, but the head of %s is its embedding and cannot have an"
                + " adapter; use all-linear",
            config.learn().targetModules(),
            path);
        Tokenizer tokenizer = Tokenizers.load(file);
        Checks.require(
            tokenizer.vocabSize() <= model.config().vocabSize(),
            "%s has %d tokens but the model of %s has %d; they do not belong together",
            file,
            tokenizer.vocabSize(),
            path,
            model.config().vocabSize());
        PassageLanguage language = config.prompts().ofModel(path, tokenizer, model.endTokens());
        PassagePlan plan =
            timings.stage("passages", () -> new FilePlan(config, language, context.seeds()).plan());
        plan.notes().forEach(context::say);
        context.recordManifest(recorded, plan.hashes());
        hand(
            plan,
            new Pretrained(model.weights(), List.of(), path.toString(), 0, 0),
            language,
            body);
      }
    }

    private void hand(
        PassagePlan given,
        Pretrained start,
        PassageLanguage language,
        Consumer<KnowledgeInputs> body) {
      PassagePlan plan = withOtherModel(given);
      EndpointConfig judge = config.judge();
      AnswerGrader grader =
          config
              .prompts()
              .graded(judge == null ? config.grader() : new LlmJudge(ChatClient.open(judge)));
      PassageUses.write(context.folder().table("passages"), plan);
      SharedModel model = new SharedModel(start.weights(), workers);
      body.accept(new KnowledgeInputs(plan, start, model, config.domain(language, grader)));
    }

    /** The plan with the texts of another model where the recipe names one. */
    private PassagePlan withOtherModel(PassagePlan plan) {
      OtherModelConfig other = config.otherModel();
      if (other == null) {
        return plan;
      }
      return plan.withTeacher(
          TeacherTexts.obtain(
                  context.folder().root().resolve("teacher.json"),
                  other,
                  config.prompts().edit(),
                  plan.evaluation(),
                  context.seeds(),
                  context.progress())
              .source());
    }
  }
}
