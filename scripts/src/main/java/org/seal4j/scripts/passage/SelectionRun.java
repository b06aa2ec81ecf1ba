package org.seal4j.scripts.passage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Executor;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.inner.WaveExecutor;
import org.seal4j.rl.inner.WeightsStore;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.scripts.experiment.Phases;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.experiment.RunEnd;
import org.seal4j.scripts.experiment.TimedExecutor;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.run.RunContext;
import org.seal4j.scripts.run.RunFolder;

/**
 * ReST-EM by several rules, each from the same model, on the same passages, with the same random
 * numbers: the first round's self-edits are written and evaluated once for all.
 */
final class SelectionRun {
  static final String RULES = "rules";

  private final RunContext context;
  private final SelectionConfig config;
  private final RunFolder folder;
  private final Timings timings = new Timings();

  SelectionRun(RunContext context, SelectionConfig config) {
    this.context = context;
    this.config = config;
    this.folder = context.folder();
  }

  void run() {
    KnowledgeInputs.open(context, config.by(config.rules().get(0)), config, timings, this::compare);
  }

  private void compare(KnowledgeInputs inputs) {
    SelectionResults results = new SelectionResults(context.seeds(), measured(inputs));
    AnswerTable.write(folder.table("answers"), results.phases(), inputs.plan(), inputs.grader());
    RunEnd.write(context, results.table(), timings);
    new SelectionReport(context, config, inputs, results, timings).write();
    context.say("");
    results.learned().forEach(context::say);
    RunEnd.print(
        context, results.table(), SelectionReport.TABLE, ReportFacts.size(results.table()));
  }

  private SelectionResults.Measured measured(KnowledgeInputs inputs) {
    WeightsStore origin = new WeightsStore(folder.checkpoints(), inputs.model().weights());
    String start = SealLoop.policyName(0);
    origin.begin(start);
    try (WaveExecutor<PassageContext, KnowledgeEdit> executor =
        new WaveExecutor<>(
            inputs.model(),
            inputs.domain(),
            config.adapt().innerLoop(),
            config.adapt().trials(context.seeds().child("inner")))) {
      TimedExecutor<PassageContext, KnowledgeEdit> timed =
          new TimedExecutor<>(executor, context.workers());
      SeenExecutor seen = new SeenExecutor(timed);
      Map<String, List<EditRow>> before = timings.stage("before RL", () -> before(inputs, timed));
      Map<String, SelectionResults.ByRule> byRule = new LinkedHashMap<>();
      for (RuleConfig rule : config.rules()) {
        context.say("rule " + rule.name());
        origin.load(start);
        SelectionResults.ByRule learned =
            timings.stage("rule " + rule.name(), () -> rounds(rule, inputs, timed, seen));
        if (rule.reward() == PassageLoopConfig.RewardKind.TRAINED) {
          seen.remember(learned.rounds().get(0).rows());
        }
        byRule.put(rule.name(), learned);
      }
      return new SelectionResults.Measured(before, byRule);
    }
  }

  /** Every condition without reinforcement, in the journal of the run itself. */
  private Map<String, List<EditRow>> before(
      KnowledgeInputs inputs, Executor<PassageContext, KnowledgeEdit> executor) {
    try (Journal journal = Journal.open(folder.root())) {
      return loop(config.rules().get(0), inputs, executor, executor, folder.root(), journal)
          .before();
    }
  }

  /** The rounds by one rule, in a journal of its own. */
  private SelectionResults.ByRule rounds(
      RuleConfig rule,
      KnowledgeInputs inputs,
      Executor<PassageContext, KnowledgeEdit> executor,
      Executor<PassageContext, KnowledgeEdit> rewards) {
    Path room = room(rule);
    try (Journal journal = Journal.open(room)) {
      Phases phases = loop(rule, inputs, executor, rewards, room, journal).rounds();
      return new SelectionResults.ByRule(phases.rounds(), phases.rows(phases.last()));
    }
  }

  private KnowledgeLoop loop(
      RuleConfig rule,
      KnowledgeInputs inputs,
      Executor<PassageContext, KnowledgeEdit> executor,
      Executor<PassageContext, KnowledgeEdit> rewards,
      Path room,
      Journal journal) {
    KnowledgeConfig by = config.by(rule);
    return new KnowledgeLoop(
        by,
        inputs.plan(),
        KnowledgePorts.of(
            by,
            inputs,
            executor,
            rewards,
            new WeightsStore(room, inputs.model().weights()),
            journal,
            context.progress()),
        context.seeds().child("loop"),
        context::say);
  }

  private Path room(RuleConfig rule) {
    try {
      return Files.createDirectories(folder.root().resolve(RULES).resolve(rule.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
