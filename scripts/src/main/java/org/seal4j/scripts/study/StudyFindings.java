package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.check.Amount;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.rl.EditCounts;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.ResultTable;
import org.seal4j.scripts.passage.AnswerTable;
import org.seal4j.scripts.passage.Examples;

/** The table of a run, and what stands beside it. */
record StudyFindings(
    Lab lab, StudyKeys recipe, StudyPlan plan, List<StudyArm> arms, long parameters) {
  private static final String METRIC = "questions answered without the passage";
  private static final String TABLE =
      "mean share of a passage's questions answered without it, one passage of each title; in"
          + " context, the passage stands in front of the question and nothing is trained;"
          + " intervals are "
          + ResultTable.bootstrapped("titles");

  Findings of() {
    Phases phases = StudyArm.together(arms);
    Results results = new ResultTable(METRIC, "title", phases, lab.seeds()).contrasts(contrasts());
    lab.table(
        "answers",
        AnswerTable.SCHEMA,
        AnswerTable.rows(phases, plan.evaluated(), recipe.answer().grader()));
    List<RowMeasures> measures = RowMeasures.of(phases, plan.evaluated());
    lab.table("measures", RowMeasures.SCHEMA, measures.stream().map(RowMeasures::row).toList());
    measures.forEach(one -> lab.say(one.sentence()));
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "model",
            String.format(Locale.ROOT, "%s, %,d parameters", recipe.model().named(), parameters)));
    facts.add(new Fact("grader", recipe.answer().grader().label()));
    facts.add(CommonFacts.heldOut("titles", plan.evaluated().size(), recipe.evaluate().pool()));
    facts.add(new Fact("passages", plan.note()));
    facts.add(CommonFacts.invalid(EditCounts.of(phases.written())));
    arms.stream()
        .filter(arm -> !StudyRun.OWN.contains(arm.keys().name()))
        .forEach(arm -> facts.add(new Fact("inner loops, " + arm.keys().name(), arm.speed())));
    return Findings.of(results, TABLE)
        .with(
            Section.of("Rows in more measures", html -> RowMeasures.write(measures, html)),
            Sections.curves(losses()),
            Sections.passages(Examples.of(phases, plan.evaluated(), recipe.answer().grader())))
        .withFacts(facts)
        .withFiles(
            new Fact("measures.arrow", "recall, F1, length and likelihood of each row"),
            new Fact("answers.arrow", "every answer that the table counts"),
            new Fact("arms/NAME/edits.arrows", "every evaluated self-edit of an arm"),
            new Fact("arms/NAME/learning.arrows", "loss of its policy's learning"),
            new Fact("checkpoints/", "the model before any round"));
  }

  /** What each reinforced arm gained, then what every other arm has over the base model. */
  private List<ResultTable.Contrast> contrasts() {
    List<ResultTable.Contrast> contrasts = new ArrayList<>();
    for (StudyArm arm : arms) {
      if (!arm.last().equals(arm.keys().name())) {
        contrasts.add(new ResultTable.Contrast(arm.last(), arm.keys().name()));
      }
    }
    for (StudyArm arm : arms) {
      if (!StudyRun.OWN.contains(arm.keys().name())) {
        contrasts.add(new ResultTable.Contrast(arm.last(), StudyRun.IN_CONTEXT));
      }
    }
    return contrasts;
  }

  private List<Curve> losses() {
    List<Curve.Line> lines = new ArrayList<>();
    for (StudyArm arm : arms) {
      List<Double> losses =
          arm.phases().rounds().stream().flatMap(round -> round.losses().stream()).toList();
      if (!losses.isEmpty()) {
        lines.add(Curve.Line.of(arm.keys().name(), losses));
      }
    }
    return lines.isEmpty()
        ? List.of()
        : List.of(
            new Curve(
                "Learning from self-edits (%s)".formatted(Amount.of(lines.size(), "arm")),
                "step",
                "loss",
                lines));
  }
}
