package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Preferences;
import org.seal4j.eval.report.Report;
import org.seal4j.eval.report.ReportWriter;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.rl.EditCounts;
import org.seal4j.rl.RoundResult;
import org.seal4j.scripts.experiment.Curves;
import org.seal4j.scripts.experiment.EditSpeed;
import org.seal4j.scripts.experiment.Phases;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.run.RunContext;

/** The page of a run on passages. */
final class KnowledgeReport {
  static final String TABLE =
      "mean share of a passage's questions answered without it; base, passage only and teacher text"
          + " are of the model before RL; base tells what the model already answers; intervals are"
          + " bootstrapped over passages";

  private static final List<Fact> FILES =
      ReportFacts.files(
          new Fact("passages.arrow", "the passages and their questions"),
          new Fact("edits.arrows", "every evaluated self-edit: the journal of the run"),
          new Fact("learning.arrows", "loss of the policy's learning"),
          new Fact("answers.arrow", "every answer that the table counts"),
          new Fact("pretraining.arrow", "loss of pretraining"));

  private final RunContext context;
  private final KnowledgeConfig config;
  private final Outcome outcome;
  private final AnswerGrader grader;

  /** What a run found. */
  record Outcome(
      PassagePlan plan,
      Pretrained pretrained,
      long parameters,
      Phases phases,
      Results results,
      EditSpeed speed,
      Timings timings) {}

  KnowledgeReport(
      RunContext context, KnowledgeConfig config, Outcome outcome, AnswerGrader grader) {
    this.context = context;
    this.config = config;
    this.outcome = outcome;
    this.grader = grader;
  }

  void write() {
    List<Section> sections =
        List.of(
            Sections.curves(Curves.of(outcome.pretrained().losses(), outcome.phases())),
            preferences(),
            Sections.passages(Examples.of(outcome.phases(), outcome.plan().evaluation(), grader)),
            Sections.run(facts()),
            Sections.settings(ReportFacts.settings(context, config)),
            Sections.files(FILES));
    Report report =
        new Report(
            context.recipe().recipe(), context.recipe().about(), outcome.results(), sections);
    ReportWriter.write(report, context.folder().report());
  }

  private Preferences preferences() {
    return outcome.plan().stories().isEmpty()
        ? Preferences.none()
        : new WritingStyle(outcome.plan().stories()).of(outcome.phases());
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.addAll(ReportFacts.run(context));
    facts.addAll(ReportFacts.model(outcome.parameters(), outcome.pretrained()));
    facts.add(new Fact("grader", grader.label()));
    facts.add(
        new Fact(
            "held-out passages",
            "%d, pool %s"
                .formatted(
                    outcome.plan().evaluation().size(),
                    config.evaluate().pool().name().toLowerCase(Locale.ROOT))));
    facts.add(new Fact("table", TABLE));
    outcome.plan().notes().forEach(note -> facts.add(new Fact("passages", note)));
    for (RoundResult round : outcome.phases().rounds()) {
      Noise.of(round)
          .ifPresent(
              noise ->
                  facts.add(
                      new Fact("reward noise, round " + round.round(), Noise.sentence(noise))));
    }
    if (config.loop().reward() == PassageLoopConfig.RewardKind.TRAINED) {
      for (RoundResult round : outcome.phases().rounds()) {
        ProxyCheck.fact(round, outcome.plan(), config.adapt().texts(), context.seeds())
            .ifPresent(facts::add);
      }
    }
    facts.addAll(DenseReward.of(outcome.phases(), context.seeds()));
    facts.add(
        new Fact(
            "invalid self-edits", ReportFacts.invalid(EditCounts.of(outcome.phases().written()))));
    facts.add(new Fact("inner loops", outcome.speed().sentence()));
    facts.addAll(ReportFacts.cost(outcome.timings()));
    return facts;
  }
}
