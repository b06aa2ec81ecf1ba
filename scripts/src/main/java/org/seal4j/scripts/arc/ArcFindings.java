package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Figure;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Sections;
import org.seal4j.rl.EditCounts;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.Curves;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.Pretrained;
import org.seal4j.rl.experiment.ResultTable;

/** The table of a run on grid tasks, and what stands beside it in the report. */
final class ArcFindings {
  /** The phase in which the gate's tasks are tried. */
  static final String GATE = "gate";

  /** Rows of the table. */
  static final String RANDOM = "uniform-random configurations";

  static final String FIXED = "fixed good configuration";

  private final Lab lab;
  private final ArcKeys recipe;
  private final TaskPlan plan;
  private final Phases phases;

  ArcFindings(Lab lab, ArcKeys recipe, TaskPlan plan, Phases phases) {
    this.lab = lab;
    this.recipe = recipe;
    this.plan = plan;
    this.phases = phases;
  }

  /**
   * What was found.
   *
   * @param speed of the inner loops, as a sentence
   */
  Findings of(Pretrained pretrained, String speed) {
    Fact invalid = CommonFacts.invalid(EditCounts.of(phases.written()));
    lab.say(speed);
    lab.say(invalid.name() + ": " + invalid.value());
    List<Fact> facts =
        new ArrayList<>(CommonFacts.model(pretrained.weights().parameterCount(), pretrained));
    facts.addAll(CommonFacts.adapted(recipe.loop()));
    facts.add(new Fact("gate", Gate.of(phases.rows(GATE), recipe.gate()).figures()));
    facts.add(CommonFacts.heldOut("tasks", plan.evaluation().size(), recipe.evaluate().pool()));
    plan.notes().forEach(note -> facts.add(new Fact("tasks", note)));
    facts.add(new Fact("left out", Notes.leftOutCounts(plan.leftOut())));
    facts.add(invalid);
    facts.add(new Fact("inner loops", speed));
    Findings each =
        Findings.of(results("(task, edit) pairs solved within two attempts", phases), Notes.TABLE);
    return together(each)
        .with(
            Sections.curves(Curves.of(pretrained.losses(), phases)),
            new PolicyPreferences(recipe.language().edits()).of(phases))
        .withFacts(facts)
        .withFiles(
            new Fact("tasks.arrow", "the tasks"),
            new Fact("edits.arrows", "every evaluated self-edit: the journal of the run"),
            new Fact("learning.arrows", "loss of the policy's learning"),
            new Fact("evaluations.arrow", "what the table counts"),
            new Fact("pretraining.arrow", "loss of pretraining"),
            new Fact("left_out.arrow", "tasks that are not used, with reasons"),
            new Fact("model/solver.json", "the policy after the last round, for seal solve"));
  }

  /** With a second table where tasks have several self-edits. */
  private Findings together(Findings each) {
    if (!Together.has(phases)) {
      return each;
    }
    Results results =
        results(
            "tasks solved within two attempts, all self-edits of a task answering together: the two"
                + " grids that most of them hand in first, and among these that most hand in at all",
            Together.of(phases));
    lab.say("self-edits of a task together: " + String.join(", ", results.headline()));
    Map<String, Figure> figures = new TreeMap<>(each.figures());
    results
        .conditions()
        .forEach(
            row ->
                figures.put(
                    "together: " + row.name(),
                    new Figure(row.value(), "", Optional.of(row.interval()), row.n())));
    return each.withFigures(figures).with(Sections.results("Self-edits together", results));
  }

  private Results results(String metric, Phases measured) {
    ResultTable table = new ResultTable(metric, measured, lab.seeds()).byKinds();
    String last = measured.lastLabel();
    List<ResultTable.Contrast> contrasts =
        new ArrayList<>(
            table.contrasts(
                last, List.of(Phases.NO_RL_LABEL, RANDOM, Phases.roundLabel(1), FIXED)));
    String likely = MostLikely.label(measured);
    if (measured.conditions().containsKey(likely)) {
      contrasts.addAll(table.contrasts(likely, List.of(Phases.NO_RL_LABEL, FIXED)));
    }
    return table.contrasts(contrasts);
  }
}
