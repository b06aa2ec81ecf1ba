package org.seal4j.scripts.arc;

import org.seal4j.eval.report.ConsoleTable;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.SummaryJson;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.edit.FewShotEdit;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.local.ArcContext;
import org.seal4j.rl.local.ArcEditFormat;
import org.seal4j.rl.local.ArcExecutor;
import org.seal4j.rl.local.ArcLanguage;
import org.seal4j.rl.local.ArcLearner;
import org.seal4j.rl.local.ArcModel;
import org.seal4j.rl.local.ArcPolicy;
import org.seal4j.rl.local.InnerLoopTasks;
import org.seal4j.rl.local.WeightsStore;
import org.seal4j.scripts.run.RunContext;
import org.seal4j.scripts.run.RunFolder;

/** The main job from top to bottom. */
final class ArcRun {
  private final RunContext context;
  private final ArcConfig config;
  private final RunFolder folder;

  ArcRun(RunContext context, ArcConfig config) {
    this.context = context;
    this.config = config;
    this.folder = context.folder();
  }

  void run() {
    // 1. The tasks: what the loop learns from and what only evaluations see.
    TaskPlan plan = new SynthPlan(config, context.seeds()).plan();
    context.recordManifest(config, plan.hashes());

    try (Workers workers = new Workers(context.workers());
        // 2. The model before the loop, from the cache or trained now.
        Pretrained pretrained = new Pretrainer(context, config).obtain(workers)) {
      ArcModel model = new ArcModel(config.language(), pretrained.weights(), workers);

      // 3. The loop with its evaluations.
      Phases phases = loop(plan, model);

      // 4. The result.
      Results results = new ResultTable(phases, context.seeds()).results();
      SummaryJson.write(context.recipe().recipe(), results, folder.summary());
      ConsoleTable.lines(results).forEach(context.out()::println);
    }
  }

  private Phases loop(TaskPlan plan, ArcModel model) {
    ArcLanguage language = model.language();
    int maxTokens = config.data().maxTokens();
    InnerLoopTasks tasks =
        new InnerLoopTasks(
            language,
            config.adapt().trainingSet(),
            config.adapt().outputTokens(),
            maxTokens,
            config.adapt().batch());
    try (Journal journal = Journal.open(folder.root());
        ArcExecutor executor =
            new ArcExecutor(model, tasks, config.adapt().innerLoop(), config.answer(), maxTokens)) {
      TimedExecutor timed = new TimedExecutor(executor);
      LoopPorts<ArcContext, FewShotEdit> ports =
          new LoopPorts<>(
              new ArcPolicy(model, config.policy()),
              new ArcEditFormat(config.edit(), tasks, config.adapt().maxSteps()),
              timed,
              new ArcLearner(model, config.learn().learner()),
              new WeightsStore(folder.checkpoints(), model.weights()),
              journal.edits(),
              journal.learning(),
              context.progress());
      Phases phases =
          new ArcLoop(config, plan, ports, context.seeds().child("loop"), context::say).run();
      context.say(
          "%d edits, %.0f per minute, %.0f per minute and core"
              .formatted(
                  timed.edits(),
                  timed.editsPerMinute(),
                  timed.editsPerMinute() / context.workers()));
      return phases;
    }
  }
}
