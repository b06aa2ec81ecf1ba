package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Preferences;
import org.seal4j.eval.report.Report;
import org.seal4j.eval.report.ReportWriter;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.rl.EditRow;
import org.seal4j.scripts.experiment.Phases;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.run.RunContext;

/** The page of a comparison of rules. */
final class SelectionReport {
  static final String TABLE =
      "mean share of a passage's questions answered without it, after the last round by each rule;"
          + " intervals are bootstrapped over passages";

  private static final List<Fact> FILES =
      ReportFacts.files(
          new Fact("passages.arrow", "the passages and their questions"),
          new Fact("edits.arrows", "the evaluations without reinforcement"),
          new Fact("rules/NAME/edits.arrows", "rounds and evaluations by one rule"),
          new Fact("rules/NAME/learning.arrows", "loss of the policy's learning by it"),
          new Fact("answers.arrow", "every answer that the table counts"));

  private final RunContext context;
  private final SelectionConfig config;
  private final KnowledgeInputs inputs;
  private final SelectionResults results;
  private final Timings timings;

  SelectionReport(
      RunContext context,
      SelectionConfig config,
      KnowledgeInputs inputs,
      SelectionResults results,
      Timings timings) {
    this.context = context;
    this.config = config;
    this.inputs = inputs;
    this.results = results;
    this.timings = timings;
  }

  void write() {
    List<Section> sections =
        List.of(
            Sections.curves(losses()),
            preferences(),
            Sections.passages(
                Examples.of(results.phases(), inputs.plan().evaluation(), inputs.grader())),
            Sections.run(facts()),
            Sections.settings(ReportFacts.settings(context, config)),
            Sections.files(FILES));
    Report report =
        new Report(context.recipe().recipe(), context.recipe().about(), results.table(), sections);
    ReportWriter.write(report, context.folder().report());
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.addAll(ReportFacts.run(context));
    facts.addAll(ReportFacts.model(inputs.model().weights().parameterCount(), inputs.start()));
    facts.add(new Fact("grader", inputs.grader().label()));
    facts.add(new Fact("table", TABLE));
    inputs.plan().notes().forEach(note -> facts.add(new Fact("passages", note)));
    results.learned().forEach(line -> facts.add(new Fact("learned", line)));
    facts.addAll(proxies());
    facts.addAll(ReportFacts.cost(timings));
    return facts;
  }

  /** The proxy against the real reward, in the rounds that no other rule has shown already. */
  private List<Fact> proxies() {
    List<Fact> facts = new ArrayList<>();
    RuleConfig first = config.rules().get(0);
    for (RuleConfig rule : config.rules()) {
      if (rule.reward() == PassageLoopConfig.RewardKind.TRAINED) {
        results.rounds(rule).stream()
            .filter(round -> rule.equals(first) || round.round() > 1)
            .flatMap(
                round ->
                    ProxyCheck.fact(round, inputs.plan(), config.adapt().texts(), context.seeds())
                        .stream())
            .forEach(facts::add);
      }
    }
    return facts;
  }

  /** The rules that learned anything; where no edit gains, none is learned from. */
  private List<Curve> losses() {
    List<Curve.Line> lines = new ArrayList<>();
    results
        .byRule()
        .forEach(
            (name, rule) -> {
              List<Double> losses =
                  rule.rounds().stream().flatMap(round -> round.losses().stream()).toList();
              if (!losses.isEmpty()) {
                lines.add(Curve.Line.of(name, losses));
              }
            });
    return lines.isEmpty()
        ? List.of()
        : List.of(
            new Curve("Learning from selected edits", "step", "loss (nats per token)", lines));
  }

  private Preferences preferences() {
    if (inputs.plan().stories().isEmpty()) {
      return Preferences.none();
    }
    Map<String, List<EditRow>> stages = new LinkedHashMap<>();
    stages.put("before RL", results.phases().rows(Phases.NO_RL));
    results.byRule().forEach((name, rule) -> stages.put(name, rule.after()));
    return new WritingStyle(inputs.plan().stories()).of(stages);
  }
}
