package org.seal4j.scripts.knowledge;

import java.util.List;
import org.seal4j.data.run.Json;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.eval.report.ConsoleTable;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.SummaryJson;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.edit.KnowledgeEdit;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.local.PassageContext;
import org.seal4j.rl.local.PassageEditFormat;
import org.seal4j.rl.local.PassageExecutor;
import org.seal4j.rl.local.PassageLearner;
import org.seal4j.rl.local.PassageModel;
import org.seal4j.rl.local.PassagePolicy;
import org.seal4j.rl.local.WeightsStore;
import org.seal4j.scripts.experiment.LossTable;
import org.seal4j.scripts.experiment.Phases;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.Pretrainer;
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
    InventedWorld world = KnowledgeConfig.world(context.seeds());
    PassagePlan plan = timings.stage("passages", () -> new WorldPlan(config, world).plan());
    context.recordManifest(config, plan.hashes());
    try (Workers workers = new Workers(context.workers());
        Pretrained pretrained = timings.stage("pretraining", () -> pretrained(workers))) {
      LossTable.write(folder.table("pretraining"), pretrained.losses());
      PassageModel model = new PassageModel(config.language(), pretrained.weights(), workers);
      Phases phases = timings.stage("loop and evaluations", () -> loop(plan, model));
      Results results =
          new ResultTable("questions answered without the passage", phases, context.seeds())
              .results(
                  List.of(KnowledgePhases.NO_RL_LABEL, KnowledgePhases.PASSAGE_LABEL, "round 1"));
      Checksums.write(folder.root());
      SummaryJson.write(context.recipe().recipe(), results, folder.summary());
      Json.write(folder.root().resolve("timings.json"), timings.soFar());
      ConsoleTable.lines(results).forEach(context.out()::println);
    }
  }

  private Pretrained pretrained(Workers workers) {
    Pretrainer pretrainer = new Pretrainer(context, config.pretraining(context.seeds()));
    context.say(
        (pretrainer.isCached() ? "pretrained model from " : "pretraining into ")
            + pretrainer.folder());
    return pretrainer.obtain(workers);
  }

  private Phases loop(PassagePlan plan, PassageModel model) {
    WeightsStore store = new WeightsStore(folder.checkpoints(), model.weights());
    String start = SealLoop.policyName(0);
    if (!store.load(start)) {
      store.save(start);
    }
    AnswerGrader grader = config.grader();
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
      Phases phases =
          new KnowledgeLoop(config, plan, ports, context.seeds().child("loop"), context::say).run();
      context.say(timed.speed().sentence());
      return phases;
    }
  }
}
