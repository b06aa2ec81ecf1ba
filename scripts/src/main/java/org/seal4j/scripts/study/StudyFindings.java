package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Passage;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Figure;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.rl.EditCounts;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.ResultTable;
import org.seal4j.scripts.passage.AnswerTable;
import org.seal4j.scripts.passage.Examples;

/** The table of a run, and what stands beside it. */
record StudyFindings(
    Lab lab,
    StudyKeys recipe,
    StudyPlan plan,
    PowerTable power,
    List<StudyArm> arms,
    long parameters) {
  private static final String METRIC = "questions answered without the passage";
  private static final String TABLE =
      "mean share of a passage's questions answered without it, one passage of each title; in"
          + " context, the passage stands in front of the question and nothing is trained;"
          + " intervals are "
          + ResultTable.bootstrapped("titles");

  Findings of() {
    Phases phases = StudyArm.together(arms);
    List<ResultTable.Contrast> contrasts = contrasts();
    Results results = new ResultTable(METRIC, "title", phases, lab.seeds()).contrasts(contrasts);
    lab.table(
        "answers",
        AnswerTable.SCHEMA,
        AnswerTable.rows(phases, plan.evaluated(), recipe.answer().grader()));
    Map<String, CostOfRow> costs = CostOfRow.of(arms);
    List<RowMeasures> measures =
        RowMeasures.of(phases, plan.evaluated(), costs, StudyArm.general(arms));
    lab.table("measures", RowMeasures.SCHEMA, measures.stream().map(RowMeasures::row).toList());
    measures.forEach(one -> lab.say(one.sentence()));
    List<EditRow> base =
        phases.rows(Checks.present(phases.conditions().get(StudyRun.BASE), "there is no base"));
    Contamination contamination = Contamination.of(arms, plan, base, lab.seeds());
    lab.say(contamination.sentence());
    List<Fact> facts = new ArrayList<>();
    facts.add(CommonFacts.model(recipe.model().named(), parameters));
    facts.addAll(CommonFacts.adapted(recipe.loop()));
    facts.add(new Fact("grader", recipe.answer().grader().label()));
    facts.add(CommonFacts.heldOut("titles", plan.evaluated().size(), recipe.evaluate().pool()));
    facts.add(new Fact("passages", plan.note()));
    facts.add(
        KnownLooks.of(
            lab.folder(), Checks.present(plan.hashes().get(StudyPlan.EVALUATED), "no hash")));
    facts.add(CommonFacts.invalid(EditCounts.of(phases.written())));
    arms.stream()
        .filter(arm -> !StudyRun.OWN.contains(arm.keys().name()))
        .forEach(arm -> facts.add(new Fact("inner loops, " + arm.keys().name(), arm.speed())));
    CostSection cost = new CostSection(measures, costs);
    List<SecondLook> looks = all(arm -> SecondLook.of(arm, lab.seeds()).stream());
    Map<String, Passage> passages = passages();
    return Findings.of(results, TABLE)
        .with(
            Alike.section(Alike.of(phases, contrasts)),
            Section.of("Rows in more measures", html -> RowMeasures.write(measures, html)),
            cost.table(),
            cost.chart(),
            new ChosenSection(all(arm -> ChosenEdits.of(arm, passages).stream()), lab.seeds())
                .section(),
            SecondLook.section(looks),
            contamination.section(),
            power.section(),
            NoiseFound.of(phases, contrasts, passages).section(),
            Sections.curves(losses()),
            Sections.passages(Examples.of(phases, plan.evaluated(), recipe.answer().grader())))
        .withFacts(facts)
        .withFigures(figures(contamination, looks))
        .withFiles(
            new Fact("measures.arrow", "recall, F1, length, likelihood, tokens of each row"),
            new Fact("power.arrow", "what the run can show, fixed beforehand"),
            new Fact("answers.arrow", "every answer that the table counts"),
            new Fact("arms/NAME/edits.arrows", "every evaluated self-edit of an arm"),
            new Fact("arms/NAME/studied.arrows", "what each of these was trained on"),
            new Fact("arms/NAME/general/edits.arrows", "answers to the general questions"),
            new Fact("arms/NAME/learning.arrows", "loss of its policy's learning"),
            new Fact("checkpoints/", "the model before any round"));
  }

  private <T> List<T> all(Function<StudyArm, Stream<T>> of) {
    return arms.stream().flatMap(of).toList();
  }

  /** Of the loop and the held-out ones, by id. */
  private Map<String, Passage> passages() {
    Map<String, Passage> passages = new HashMap<>();
    plan.rounds()
        .forEach(round -> round.forEach(context -> passages.put(context.id(), context.passage())));
    plan.evaluated().forEach(context -> passages.put(context.id(), context.passage()));
    return passages;
  }

  private Map<String, Figure> figures(Contamination contamination, List<SecondLook> looks) {
    Map<String, Figure> figures = new TreeMap<>();
    figures.put(
        "closedBook",
        new Figure(
            contamination.known().value(),
            "",
            Optional.of(contamination.known().interval()),
            contamination.questions()));
    if (Double.isFinite(power.own().smallest())) {
      figures.put(
          "smallestDifference",
          new Figure(power.own().smallest(), "", Optional.empty(), power.own().titles()));
    }
    for (SecondLook look : looks) {
      String round = look.round() == 0 ? "allRounds" : "round" + look.round();
      figures.put(
          "secondLook." + look.arm() + "." + round,
          new Figure(
              look.difference().value(),
              "nats per token",
              Optional.of(look.difference().interval()),
              look.edits()));
    }
    return figures;
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
