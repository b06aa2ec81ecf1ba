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
   * @param questions number of measured residents
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

  static String residents(Mode mode) {
    return mode.label() + ", residents after all";
  }

  /**
   * @param modes the first is held against the others
   */
  Results of(List<ModeFigures> modes) {
    ModeFigures none = modes.get(0);
    List<Condition> conditions = new ArrayList<>();
    conditions.add(condition(UNEDITED, none.unedited()));
    for (ModeFigures mode : modes) {
      conditions.add(condition(justEdited(mode.mode()), mode.justEdited()));
      conditions.add(condition(afterAll(mode.mode()), mode.afterAll()));
    }
    double known = none.rows().get(0).residents().orElseThrow();
    conditions.add(
        Condition.of(
            UNEDITED + ", residents",
            new Proportion((int) Math.round(known * questions), questions)));
    for (ModeFigures mode : modes) {
      conditions.add(condition(residents(mode.mode()), mode.residents()));
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
              residents(mode.mode()), mode.residents(), residents(none.mode()), none.residents()));
    }
    return comparisons;
  }

  private Condition condition(String label, List<Outcome> outcomes) {
    Estimate mean = new TaskBootstrap(seeds.child("bootstrap", label)).mean(outcomes);
    return new Condition(label, mean.value(), outcomes.size(), mean.interval());
  }

  private Comparison comparison(
      String after, List<Outcome> afterCells, String before, List<Outcome> beforeCells) {
    Estimate difference =
        new TaskBootstrap(seeds.child("bootstrap", after + " - " + before))
            .difference(afterCells, beforeCells);
    return new Comparison(after, before, difference);
  }
}
