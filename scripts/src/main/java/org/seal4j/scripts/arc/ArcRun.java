package org.seal4j.scripts.arc;

import java.util.List;
import org.seal4j.eval.report.Results;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.GridContext;
import org.seal4j.rl.grid.GridDomain;
import org.seal4j.rl.inner.AdapterLearner;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.inner.Trials;
import org.seal4j.rl.inner.WaveExecutor;
import org.seal4j.rl.inner.WeightsStore;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.arc.DataConfig.TaskSource;
import org.seal4j.scripts.experiment.LossTable;
import org.seal4j.scripts.experiment.Phases;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.Pretrainer;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.experiment.ResultTable;
import org.seal4j.scripts.experiment.RunEnd;
import org.seal4j.scripts.experiment.TimedExecutor;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.run.RunContext;
import org.seal4j.scripts.run.RunFolder;

/** The main job from top to bottom. */
final class ArcRun {
  private final RunContext context;
  private final ArcConfig config;
  private final RunFolder folder;
  private final Timings timings = new Timings();

  ArcRun(RunContext context, ArcConfig config) {
    this.context = context;
    this.config = config;
    this.folder = context.folder();
  }

  void run() {
    // 1. The tasks: what the loop learns from, and what only evaluations see.
    TaskPlan plan = timings.stage("tasks", this::plan);
    context.recordManifest(config, plan.hashes());
    TaskTable.write(folder.table("tasks"), plan);
    LeftOutTable.write(folder.table("left_out"), plan.leftOut());

    try (Workers workers = new Workers(context.workers());
        // 2. The model before the loop: from the cache, or trained now.
        Pretrained pretrained = timings.stage("pretraining", () -> pretrained(workers))) {
      LossTable.write(folder.table("pretraining"), pretrained.losses());

      // 3. The loop, with its evaluations on held-out tasks.
      SharedModel model = new SharedModel(pretrained.weights(), workers);
      RunResult result = timings.stage("loop and evaluations", () -> loop(plan, pretrained, model));

      // 4. Tables, page and hashes; the table a person came for is printed last.
      EvaluationTable.write(folder.table("evaluations"), result.phases());
      RunEnd.write(context, result.results(), timings);
      new ArcReport(context, config, result).write();
      print(result);
    }
  }

  private TaskPlan plan() {
    TaskPlan plan =
        config.data().source() == TaskSource.SYNTH
            ? new SynthPlan(config, context.seeds()).plan()
            : new FolderPlan(config, context.seeds()).plan();
    plan.notes().forEach(context::say);
    if (!plan.leftOut().isEmpty()) {
      context.say("left out: " + Notes.leftOut(plan.leftOut()));
    }
    return plan;
  }

  private Pretrained pretrained(Workers workers) {
    Pretrainer pretrainer = new Pretrainer(context, config.pretraining(context.seeds()));
    context.say(
        (pretrainer.isCached() ? "pretrained model from " : "pretraining into ")
            + pretrainer.folder());
    return pretrainer.obtain(workers);
  }

  private RunResult loop(TaskPlan plan, Pretrained pretrained, SharedModel model) {
    int maxTokens = config.data().maxTokens();
    AdaptConfig adapt = config.adapt();
    GridDomain domain =
        new GridDomain(
            config.language(),
            new GridDomain.Config(
                config.edit(),
                adapt.trainingSet(),
                adapt.outputTokens(),
                config.answer(),
                maxTokens,
                adapt.batch(),
                adapt.maxSteps(),
                config.policy().grammar()));
    WeightsStore store = new WeightsStore(folder.checkpoints(), model.weights());
    store.begin(SealLoop.policyName(0));
    try (Journal journal = Journal.open(folder.root());
        WaveExecutor<GridContext, FewShotEdit> executor =
            new WaveExecutor<>(model, domain, adapt.innerLoop(), Trials.once())) {
      TimedExecutor<GridContext, FewShotEdit> timed =
          new TimedExecutor<>(executor, context.workers());
      LoopPorts<GridContext, FewShotEdit> ports =
          new LoopPorts<>(
              new ModelPolicy<>(model, domain, config.policy().sampling()),
              domain.format(),
              timed,
              new AdapterLearner<>(model, domain, config.learn().learner()),
              store,
              journal.edits(),
              journal.learning(),
              context.progress());
      Phases phases =
          new ArcLoop(config, plan, ports, context.seeds().child("loop"), context::say).run();
      Results results =
          new ResultTable("(task, edit) pairs solved within two attempts", phases, context.seeds())
              .results(
                  List.of("self-edits without RL", "uniform-random configurations", "round 1"));
      long parameters = model.weights().parameterCount();
      return new RunResult(plan, pretrained, parameters, phases, results, timed.speed(), timings);
    }
  }

  private void print(RunResult result) {
    context.say(result.speed().sentence());
    context.say("invalid self-edits: " + ReportFacts.invalid(result.written()));
    RunEnd.print(context, result.results(), Notes.TABLE, ReportFacts.size(result.results()));
  }
}
