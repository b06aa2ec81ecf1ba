package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Report;
import org.seal4j.eval.report.ReportWriter;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.scripts.experiment.Curves;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.run.RunContext;

/** The page of a run. */
final class ArcReport {
  private static final List<Fact> FILES =
      ReportFacts.files(
          new Fact("tasks.arrow", "the tasks"),
          new Fact("edits.arrows", "every evaluated self-edit: the journal of the run"),
          new Fact("learning.arrows", "loss of the policy's learning"),
          new Fact("evaluations.arrow", "what the table counts"),
          new Fact("pretraining.arrow", "loss of pretraining"),
          new Fact("left_out.arrow", "tasks that do not fit the model, with reasons"));

  private final RunContext context;
  private final ArcConfig config;
  private final RunResult result;

  ArcReport(RunContext context, ArcConfig config, RunResult result) {
    this.context = context;
    this.config = config;
    this.result = result;
  }

  void write() {
    List<Section> sections =
        List.of(
            Sections.curves(Curves.of(result.pretrained().losses(), result.phases())),
            new PolicyPreferences(config.language().edits()).of(result.phases()),
            Sections.tasks(Pictures.of(result.phases(), result.plan().evaluation(), config.edit())),
            Sections.run(facts()),
            Sections.settings(ReportFacts.settings(context, config)),
            Sections.files(FILES));
    Report report =
        new Report(context.recipe().recipe(), context.recipe().about(), result.results(), sections);
    ReportWriter.write(report, context.folder().report());
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.addAll(ReportFacts.run(context));
    facts.addAll(ReportFacts.model(result.parameters(), result.pretrained()));
    facts.add(
        new Fact("gate", Gate.of(result.phases().rows(ArcPhases.GATE), config.gate()).figures()));
    facts.add(
        new Fact(
            "held-out tasks",
            "%d, pool %s"
                .formatted(
                    result.plan().evaluation().size(),
                    config.evaluate().pool().name().toLowerCase(Locale.ROOT))));
    facts.add(new Fact("table", Notes.TABLE));
    result.plan().notes().forEach(note -> facts.add(new Fact("tasks", note)));
    facts.add(new Fact("left out", Notes.leftOutCounts(result.plan().leftOut())));
    facts.add(new Fact("invalid self-edits", ReportFacts.invalid(result.written())));
    facts.add(new Fact("inner loops", result.speed().sentence()));
    facts.addAll(ReportFacts.cost(result.timings()));
    return facts;
  }
}
