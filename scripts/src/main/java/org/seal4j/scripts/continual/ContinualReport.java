package org.seal4j.scripts.continual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.PassageExample;
import org.seal4j.eval.report.Report;
import org.seal4j.eval.report.ReportWriter;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.run.RunContext;

/** The page of a run. */
final class ContinualReport {
  static final String TABLE =
      "mean share of the passages' questions answered without them: of each passage just after it"
          + " was taken in, and of all after the last; residents are what the model knew before;"
          + " intervals and differences are bootstrapped over sequences";

  private static final double RIGHT = 0.5;

  private static final List<Fact> FILES =
      ReportFacts.files(
          new Fact("steps.arrows", "every row of every matrix, with self-edits and answers"),
          new Fact("pretraining.arrow", "loss of pretraining"));

  private final RunContext context;
  private final ContinualConfig config;
  private final SequencePlan plan;
  private final List<ModeFigures> modes;

  ContinualReport(
      RunContext context, ContinualConfig config, SequencePlan plan, List<ModeFigures> modes) {
    this.context = context;
    this.config = config;
    this.plan = plan;
    this.modes = modes;
  }

  void write(Results results, Pretrained pretrained, Timings timings) {
    List<Section> sections =
        List.of(
            Sections.curves(List.of(byAge())),
            Sections.matrices(modes.stream().map(ModeFigures::matrix).toList()),
            Sections.passages(List.of(example())),
            Sections.run(facts(pretrained, timings)),
            Sections.settings(ReportFacts.settings(context, config)),
            Sections.files(FILES));
    Report report =
        new Report(context.recipe().recipe(), context.recipe().about(), results, sections);
    ReportWriter.write(report, context.folder().report());
  }

  private List<Fact> facts(Pretrained pretrained, Timings timings) {
    List<Fact> facts = new ArrayList<>();
    facts.addAll(ReportFacts.run(context));
    facts.addAll(ReportFacts.model(pretrained.weights().parameterCount(), pretrained));
    facts.add(new Fact("grader", config.grader().label()));
    facts.add(
        new Fact(
            "sequences",
            "%d of %d held-out passages, pool %s"
                .formatted(
                    config.sequences().count(),
                    config.sequences().passages(),
                    config.sequences().pool().name().toLowerCase(Locale.ROOT))));
    facts.add(
        new Fact(
            "self-edits", "by the " + config.edits().writer().name().toLowerCase(Locale.ROOT)));
    facts.add(new Fact("table", TABLE));
    modes.forEach(mode -> facts.add(new Fact("mode", mode.sentence())));
    facts.addAll(ReportFacts.cost(timings));
    return facts;
  }

  private Curve byAge() {
    List<Curve.Line> lines = new ArrayList<>();
    for (ModeFigures mode : modes) {
      List<Curve.Point> points = new ArrayList<>();
      List<Double> means = mode.byAge();
      for (int age = 0; age < means.size(); age++) {
        points.add(new Curve.Point(age, means.get(age)));
      }
      lines.add(new Curve.Line(mode.mode().label(), points));
    }
    return new Curve("What is left of a passage", "passages taken in since", "mean share", lines);
  }

  /** The first passage of the first sequence: just after it was taken in, and after all others. */
  private PassageExample example() {
    Passage passage = plan.sequences().get(0).get(0).passage();
    List<PassageExample.Produced> produced = new ArrayList<>();
    for (ModeFigures mode : modes) {
      List<StepRow> rows = mode.rows().stream().filter(row -> row.sequence() == 0).toList();
      StepRow first = rows.get(1);
      StepRow last = rows.get(rows.size() - 1);
      produced.add(produced(ContinualResults.justEdited(mode.mode()), passage, first, first));
      produced.add(produced(ContinualResults.afterAll(mode.mode()), passage, first, last));
    }
    return new PassageExample(passage.id(), passage.context(), produced);
  }

  private PassageExample.Produced produced(
      String label, Passage passage, StepRow taken, StepRow asked) {
    List<PassageExample.Answer> answers = new ArrayList<>();
    List<String> given = asked.answers().get(0);
    for (int i = 0; i < given.size(); i++) {
      Question question = passage.questions().get(i);
      boolean right = config.grader().grade(question, given.get(i)) >= RIGHT;
      answers.add(new PassageExample.Answer(question.text(), question.gold(), given.get(i), right));
    }
    return new PassageExample.Produced(label, taken.selfEdit(), answers);
  }
}
