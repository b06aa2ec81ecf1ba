package org.seal4j.scripts.passage;

import java.util.List;
import org.seal4j.eval.report.Results;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.inner.WaveExecutor;
import org.seal4j.rl.inner.WeightsStore;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.scripts.experiment.Phases;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.experiment.ResultTable;
import org.seal4j.scripts.experiment.RunEnd;
import org.seal4j.scripts.experiment.TimedExecutor;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.run.RunContext;
import org.seal4j.scripts.run.RunFolder;

/** Knowledge incorporation from top to bottom. */
final class KnowledgeRun {
  static final String METRIC = "questions answered without the passage";

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
    KnowledgeInputs.open(context, config, config, timings, this::run);
  }

  private void run(KnowledgeInputs inputs) {
    KnowledgeReport.Outcome outcome = timings.stage("loop and evaluations", () -> loop(inputs));
    AnswerTable.write(folder.table("answers"), outcome.phases(), inputs.plan(), inputs.grader());
    RunEnd.write(context, outcome.results(), timings);
    new KnowledgeReport(context, config, outcome, inputs.grader()).write();
    print(outcome);
  }

  private void print(KnowledgeReport.Outcome outcome) {
    context.say(outcome.speed().sentence());
    for (RoundResult round : outcome.phases().rounds()) {
      Noise.of(round)
          .ifPresent(
              noise ->
                  context.say("reward, round " + round.round() + ": " + Noise.sentence(noise)));
    }
    RunEnd.print(
        context, outcome.results(), KnowledgeReport.TABLE, ReportFacts.size(outcome.results()));
  }

  private KnowledgeReport.Outcome loop(KnowledgeInputs inputs) {
    WeightsStore store = new WeightsStore(folder.checkpoints(), inputs.model().weights());
    store.begin(SealLoop.policyName(0));
    try (Journal journal = Journal.open(folder.root());
        WaveExecutor<PassageContext, KnowledgeEdit> executor =
            new WaveExecutor<>(
                inputs.model(),
                inputs.domain(),
                config.adapt().innerLoop(),
                config.adapt().trials(context.seeds().child("inner")))) {
      TimedExecutor<PassageContext, KnowledgeEdit> timed =
          new TimedExecutor<>(executor, context.workers());
      Phases phases =
          new KnowledgeLoop(
                  config,
                  inputs.plan(),
                  KnowledgePorts.of(
                      config, inputs, timed, timed, store, journal, context.progress()),
                  context.seeds().child("loop"),
                  context::say)
              .run();
      Results results =
          new ResultTable(METRIC, phases, context.seeds())
              .results(
                  List.of(KnowledgePhases.NO_RL_LABEL, KnowledgePhases.PASSAGE_LABEL, "round 1"))
              .withGates(WritingStyle.gates(inputs.plan(), phases.rows(Phases.NO_RL)));
      return new KnowledgeReport.Outcome(
          inputs.plan(),
          inputs.start(),
          inputs.model().weights().parameterCount(),
          phases,
          results,
          timed.speed(),
          timings);
    }
  }
}
