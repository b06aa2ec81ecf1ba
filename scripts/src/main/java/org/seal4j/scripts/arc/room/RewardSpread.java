package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.stats.ClusteredMean;
import org.seal4j.eval.stats.CrossedTrials;
import org.seal4j.eval.stats.RewardNoise;
import org.seal4j.eval.stats.VarianceComponents;

/**
 * Where the reward of a design differs: by configuration, by kind, by task, by chance.
 *
 * @param solved of being solved
 * @param likelihood of the likelihood of the true grid
 * @param solvedNoise standard deviations of the same
 * @param likelihoodNoise of the likelihood
 * @param alike configurations that are not shown to be worse than the best one, itself among them
 * @param solvers how many configurations of the design solve a task in every repetition, mean over
 *     the tasks that any of them does
 * @param configurations in the design
 */
record RewardSpread(
    VarianceComponents solved,
    VarianceComponents likelihood,
    RewardNoise solvedNoise,
    RewardNoise likelihoodNoise,
    int alike,
    double solvers,
    int configurations) {

  /**
   * Measures a design.
   *
   * @param seeds of the bootstraps
   */
  static RewardSpread of(DesignTrials trials, Seeds seeds) {
    CrossedTrials choices = trials.choices();
    double[] best = choices.fixed(choices.best());
    int alike = 0;
    for (int c = 0; c < choices.configurations(); c++) {
      ClusteredMean behind =
          ClusteredMean.ofDifferences(
              trials.kinds(), choices.fixed(c), best, seeds.child("bootstrap", c));
      alike += c == choices.best() || behind.byKinds().high() >= 0 ? 1 : 0;
    }
    double[] solvers =
        Arrays.stream(trials.solved())
            .mapToDouble(
                task ->
                    Arrays.stream(task).filter(r -> Arrays.stream(r).min().orElse(0) > 0).count())
            .filter(count -> count > 0)
            .toArray();
    return new RewardSpread(
        VarianceComponents.of(trials.kinds(), trials.solved()),
        VarianceComponents.of(trials.kinds(), trials.likelihood()),
        RewardNoise.of(lists(trials.solved())),
        RewardNoise.of(lists(trials.likelihood())),
        alike,
        Arrays.stream(solvers).average().orElse(0),
        choices.configurations());
  }

  private static List<List<List<Double>>> lists(double[][][] values) {
    return Arrays.stream(values)
        .map(task -> Arrays.stream(task).map(one -> Arrays.stream(one).boxed().toList()).toList())
        .toList();
  }

  /** What a person should take from it. */
  List<String> sentences() {
    return List.of(
        deviations("Solved", solvedNoise) + " " + deviations("Likelihood", likelihoodNoise),
        "%d of %d configurations are not shown to be worse than the best one (95 %% by kinds)."
            .formatted(alike, configurations),
        "A task that any of them solves every time is solved so by %s of %d."
            .formatted(Cells.number("%.1f", solvers), configurations));
  }

  private static String deviations(String what, RewardNoise noise) {
    return "%s: standard deviation %s between the configurations of a task, %s between trainings of one."
        .formatted(
            what, Cells.number("%.3f", noise.between()), Cells.number("%.3f", noise.within()));
  }

  Section section() {
    return Section.of(
        "Where the reward differs",
        html -> {
          html.note(
              "Variance components of all trainings of the design; shares are of what differs"
                  + " within a task, which is all that a choice could change. The likelihood is the"
                  + " geometric mean of the probabilities of the true grid's tokens.");
          Cells cells = new Cells(html);
          cells.head("", "solved", "share", "likelihood", "share", "what could take it");
          row(
              cells,
              "configuration",
              solved.configurations(),
              likelihood.configurations(),
              "one fixed choice");
          row(
              cells,
              "kind × configuration",
              solved.byKind(),
              likelihood.byKind(),
              "a choice by kind");
          row(
              cells,
              "task × configuration",
              solved.byTask(),
              likelihood.byTask(),
              "reading the task");
          row(cells, "training", solved.repeats(), likelihood.repeats(), "nothing: chance");
          outside(cells, "kind", solved.kinds(), likelihood.kinds());
          outside(cells, "task", solved.tasks(), likelihood.tasks());
          cells.end();
          html.open("ul", "class", "comparisons");
          sentences().forEach(sentence -> html.leaf("li", sentence));
          html.close();
        });
  }

  private void row(Cells cells, String name, double ofSolved, double ofLikelihood, String who) {
    List<String> row = new ArrayList<>();
    row.add(Cells.number("%.4f", ofSolved));
    row.add(Cells.share(solved.share(ofSolved)));
    row.add(Cells.number("%.4f", ofLikelihood));
    row.add(Cells.share(likelihood.share(ofLikelihood)));
    row.add(who);
    cells.row(name, row);
  }

  private static void outside(Cells cells, String name, double ofSolved, double ofLikelihood) {
    cells.row(
        name,
        List.of(
            Cells.number("%.4f", ofSolved),
            "",
            Cells.number("%.4f", ofLikelihood),
            "",
            "no choice: easy and hard ones"));
  }
}
