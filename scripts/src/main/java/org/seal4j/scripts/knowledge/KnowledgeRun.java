package org.seal4j.scripts.knowledge;

import java.nio.file.Path;
import java.util.List;
import org.seal4j.data.run.Checks;
import org.seal4j.data.run.Json;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.eval.report.ConsoleTable;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.SummaryJson;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.edit.KnowledgeEdit;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.local.PassageContext;
import org.seal4j.rl.local.PassageEditFormat;
import org.seal4j.rl.local.PassageExecutor;
import org.seal4j.rl.local.PassageLanguage;
import org.seal4j.rl.local.PassageLearner;
import org.seal4j.rl.local.PassageModel;
import org.seal4j.rl.local.PassagePolicy;
import org.seal4j.rl.local.ProxyExecutor;
import org.seal4j.rl.local.WeightsStore;
import org.seal4j.rl.teacher.ChatClient;
import org.seal4j.rl.teacher.EndpointConfig;
import org.seal4j.rl.teacher.LlmJudge;
import org.seal4j.scripts.experiment.LossTable;
import org.seal4j.scripts.experiment.Phases;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.experiment.ResultTable;
import org.seal4j.scripts.experiment.TimedExecutor;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.run.Checksums;
import org.seal4j.scripts.run.RunContext;
import org.seal4j.scripts.run.RunFolder;

/** Knowledge incorporation from top to bottom. */
final class KnowledgeRun {
  private final RunContext context;
  private final KnowledgeConfig config;
  private final RunFolder folder;
  private final Timings timings = new Timings();

  KnowledgeRun(RunContext context, KnowledgeConfig config) {
    this.context = context;
    this.config = config;
    this.folder = context.folder();
  }

  void run() {
    try (Workers workers = new Workers(context.workers())) {
      switch (config.data().source()) {
        case WORLD -> runOnInventedWorld(workers);
        case FILES -> runOnFiles(workers);
      }
    }
  }

  private void runOnInventedWorld(Workers workers) {
    InventedWorld world = WorldModel.world(context.seeds());
    PassagePlan plan = timings.stage("passages", () -> new WorldPlan(config, world).plan());
    context.recordManifest(config, plan.hashes());
    try (Pretrained pretrained =
        timings.stage("pretraining", () -> config.worldModel().obtain(context, workers))) {
      LossTable.write(folder.table("pretraining"), pretrained.losses());
      run(
          plan,
          pretrained,
          new PassageModel(config.worldModel().language(), pretrained.weights(), workers));
    }
  }

  private void runOnFiles(Workers workers) {
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
          "learn.targetModules is %s, but the head of %s is its embedding and cannot have an adapter;"
              + " use all-linear",
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
      PassageLanguage language = WorldModel.language(config.prompts(), tokenizer);
      PassagePlan plan =
          timings.stage("passages", () -> new FilePlan(config, language, context.seeds()).plan());
      plan.notes().forEach(context::say);
      context.recordManifest(config, plan.hashes());
      Pretrained given = new Pretrained(model.weights(), List.of(), path.toString(), 0, 0);
      run(plan, given, new PassageModel(language, model.weights(), workers));
    }
  }

  private void run(PassagePlan given, Pretrained start, PassageModel model) {
    PassagePlan plan = withOtherModel(given);
    AnswerGrader grader = grader();
    PassageUses.write(folder.table("passages"), plan);
    KnowledgeReport.Outcome outcome =
        timings.stage("loop and evaluations", () -> loop(plan, start, model, grader));
    AnswerTable.write(folder.table("answers"), outcome.phases(), plan, grader);
    Checksums.write(folder.root());
    SummaryJson.write(context.recipe().recipe(), outcome.results(), folder.summary());
    Json.write(folder.root().resolve("timings.json"), timings.soFar());
    new KnowledgeReport(context, config, outcome, grader).write();
    print(outcome);
  }

  private AnswerGrader grader() {
    EndpointConfig judge = config.judge();
    return judge == null ? config.grader() : new LlmJudge(ChatClient.open(judge));
  }

  /** The plan with the texts of another model where the recipe names one. */
  private PassagePlan withOtherModel(PassagePlan plan) {
    OtherModelConfig other = config.otherModel();
    if (other == null) {
      return plan;
    }
    return plan.withTeacher(
        TeacherTexts.obtain(
                folder.root().resolve("teacher.json"),
                other,
                config.prompts().edit(),
                plan.evaluation(),
                context.seeds(),
                context.progress())
            .source());
  }

  private void print(KnowledgeReport.Outcome outcome) {
    context.say(outcome.speed().sentence());
    for (RoundResult round : outcome.phases().rounds()) {
      Noise.of(round)
          .ifPresent(
              noise ->
                  context.say("reward, round " + round.round() + ": " + Noise.sentence(noise)));
    }
    context.say("");
    ConsoleTable.lines(outcome.results()).forEach(context.out()::println);
    context.say(KnowledgeReport.TABLE + ".");
    String warning = ReportFacts.size(outcome.results());
    if (!warning.isEmpty()) {
      context.out().println(warning);
    }
    context.say("report: " + folder.report());
  }

  private KnowledgeReport.Outcome loop(
      PassagePlan plan, Pretrained pretrained, PassageModel model, AnswerGrader grader) {
    WeightsStore store = new WeightsStore(folder.checkpoints(), model.weights());
    String start = SealLoop.policyName(0);
    if (!store.load(start)) {
      store.save(start);
    }
    try (Journal journal = Journal.open(folder.root());
        PassageExecutor executor =
            new PassageExecutor(
                model, config.adapt().executor(), grader, context.seeds().child("inner"))) {
      TimedExecutor<PassageContext, KnowledgeEdit> timed =
          new TimedExecutor<>(executor, context.workers());
      LoopPorts<PassageContext, KnowledgeEdit> ports =
          new LoopPorts<>(
              new PassagePolicy(model, config.policy()),
              new PassageEditFormat(),
              timed,
              new PassageLearner(model, config.learn().learner()),
              store,
              journal.edits(),
              journal.learning(),
              context.progress());
      if (config.loop().reward() == PassageLoopConfig.RewardKind.PROXY) {
        ports = ports.withRewards(new ProxyExecutor(config.adapt().texts()));
      }
      Phases phases =
          new KnowledgeLoop(config, plan, ports, context.seeds().child("loop"), context::say).run();
      Results results =
          new ResultTable("questions answered without the passage", phases, context.seeds())
              .results(
                  List.of(KnowledgePhases.NO_RL_LABEL, KnowledgePhases.PASSAGE_LABEL, "round 1"));
      return new KnowledgeReport.Outcome(
          plan,
          pretrained,
          model.weights().parameterCount(),
          phases,
          results,
          timed.speed(),
          timings);
    }
  }
}
