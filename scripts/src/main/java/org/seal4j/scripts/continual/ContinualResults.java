package org.seal4j.scripts.continual;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Comparison;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.Proportion;
import org.seal4j.eval.stats.TaskBootstrap;

/** The table of a run: intervals and differences over sequences. */
final class ContinualResults {
  static final String UNEDITED = "un-edited model";

  private final Seeds seeds;
  private final int questions;

  /**
   * @param seeds of the bootstrap
   * @param questions number of questions on prior knowledge
   */
  ContinualResults(Seeds seeds, int questions) {
    this.seeds = seeds;
    this.questions = questions;
  }

  static String justEdited(Mode mode) {
    return mode.label() + ", just edited";
  }

  static String afterAll(Mode mode) {
    return mode.label() + ", after all";
  }

  static String priorKnowledge(Mode mode) {
    return mode.label() + ", prior knowledge after all";
  }

  /**
   * @param modes the first is compared with the others
   */
  Results of(List<ModeFigures> modes) {
    ModeFigures none = modes.get(0);
    List<Condition> conditions = new ArrayList<>();
    conditions.add(condition(UNEDITED, none.unedited()));
    for (ModeFigures mode : modes) {
      conditions.add(condition(justEdited(mode.mode()), mode.justEdited()));
      conditions.add(condition(afterAll(mode.mode()), mode.afterAll()));
    }
    double known = none.rows().get(0).priorKnowledge().orElseThrow();
    conditions.add(
        Condition.of(
            UNEDITED + ", prior knowledge",
            new Proportion((int) Math.round(known * questions), questions)));
    for (ModeFigures mode : modes) {
      conditions.add(condition(priorKnowledge(mode.mode()), mode.priorKnowledge()));
    }
    return new Results(
        "questions answered without the passages", conditions, comparisons(modes, none));
  }

  private List<Comparison> comparisons(List<ModeFigures> modes, ModeFigures none) {
    List<Comparison> comparisons = new ArrayList<>();
    List<ModeFigures> others = modes.subList(1, modes.size());
    for (ModeFigures mode : others) {
      comparisons.add(
          comparison(
              afterAll(mode.mode()), mode.afterAll(), afterAll(none.mode()), none.afterAll()));
    }
    for (ModeFigures mode : modes) {
      comparisons.add(
          comparison(afterAll(mode.mode()), mode.afterAll(), UNEDITED, none.unedited()));
    }
    for (ModeFigures mode : others) {
      comparisons.add(
          comparison(
              justEdited(mode.mode()),
              mode.justEdited(),
              justEdited(none.mode()),
              none.justEdited()));
    }
    for (ModeFigures mode : others) {
      comparisons.add(
          comparison(
              priorKnowledge(mode.mode()),
              mode.priorKnowledge(),
              priorKnowledge(none.mode()),
              none.priorKnowledge()));
    }
    return comparisons;
  }

  private Condition condition(String label, List<Outcome> outcomes) {
    Estimate mean = bootstrap(label).mean(outcomes);
    return new Condition(label, mean.value(), outcomes.size(), mean.interval());
  }

  private Comparison comparison(
      String after, List<Outcome> afterCells, String before, List<Outcome> beforeCells) {
    Estimate difference = bootstrap(after + " - " + before).difference(afterCells, beforeCells);
    return new Comparison(after, before, difference, "sequence");
  }

  /**
   * The draws of a label. Labels on prior knowledge draw by the word of version 0.1.0, on which the
   * published intervals depend.
   */
  private TaskBootstrap bootstrap(String label) {
    return new TaskBootstrap(
        seeds.child(
            "bootstrap", label.replace(", prior knowledge after all", ", residents after all")));
  }
}
