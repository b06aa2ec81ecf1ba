package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seal4j.eval.report.Matrix;
import org.seal4j.eval.report.Preferences;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.stats.CrossedTrials;

/** The reward of a design by configuration, and by each value of each choice. */
record ByConfiguration(DesignTrials trials, Places places) {

  /**
   * Mean over the configurations of the design that have a value, of one task or of all.
   *
   * @param values {@code [t, c, r]}
   * @param task −1 for all
   * @return NaN for a value that no configuration has
   */
  double[] marginal(double[][][] values, int place, int task) {
    double[] sums = new double[places.values(place).size()];
    int[] counts = new int[sums.length];
    for (int c = 0; c < trials.design().configurations().size(); c++) {
      int value = places.of(trials.design().configurations().get(c))[place];
      for (int t = 0; t < values.length; t++) {
        if (task < 0 || task == t) {
          sums[value] += Arrays.stream(values[t][c]).average().orElse(0);
          counts[value]++;
        }
      }
    }
    Arrays.setAll(sums, v -> sums[v] / counts[v]);
    return sums;
  }

  /** The value of a choice that makes the true grid of a task likeliest; −1 where all are equal. */
  int bestValue(int place, int task) {
    double[] means = marginal(trials.likelihood(), place, task);
    int best = -1;
    boolean differ = false;
    double first = Double.NaN;
    for (int v = 0; v < means.length; v++) {
      if (!Double.isNaN(means[v])) {
        differ |= !Double.isNaN(first) && means[v] != first;
        first = Double.isNaN(first) ? means[v] : first;
        best = best < 0 || means[v] > means[best] ? v : best;
      }
    }
    return differ ? best : -1;
  }

  /** How each value of each choice does, as bars. */
  Preferences choices() {
    List<Preferences.Setting> settings = new ArrayList<>();
    for (int place = 0; place < places.count(); place++) {
      double[] solved = marginal(trials.solved(), place, -1);
      double[] likelihood = marginal(trials.likelihood(), place, -1);
      List<Preferences.Choice> choices = new ArrayList<>();
      for (int v = 0; v < solved.length; v++) {
        if (!Double.isNaN(solved[v])) {
          choices.add(
              new Preferences.Choice(
                  places.values(place).get(v),
                  List.of(Math.min(1, likelihood[v]), Math.min(1, solved[v]))));
        }
      }
      settings.add(new Preferences.Setting(places.name(place), choices));
    }
    return new Preferences(
        "Reward by choice",
        "Mean over all held-out tasks and the configurations of the design that have this value,"
            + " of the model before RL.",
        List.of("likelihood of the true grid, a token", "solved"),
        settings);
  }

  /** The configurations by what they solve, the best one first. */
  private List<Integer> order() {
    CrossedTrials choices = trials.choices();
    return IntStream.range(0, choices.configurations())
        .boxed()
        .sorted(Comparator.comparingDouble(c -> -mean(choices.fixed(c), trials.kinds(), "")))
        .toList();
  }

  /** Share solved by kind and configuration, numbered with the best one first. */
  Matrix matrix() {
    CrossedTrials choices = trials.choices();
    List<Integer> order = order();
    List<String> kinds = trials.kinds().stream().distinct().sorted().toList();
    List<String> rows = new ArrayList<>(List.of("all"));
    rows.addAll(kinds);
    List<List<Optional<Double>>> cells = new ArrayList<>();
    for (String row : rows) {
      String kind = row.equals("all") ? "" : row;
      cells.add(
          order.stream()
              .map(c -> Optional.of(mean(choices.fixed(c), trials.kinds(), kind)))
              .toList());
    }
    List<String> columns =
        IntStream.rangeClosed(1, order.size()).mapToObj(Integer::toString).toList();
    return new Matrix("% solved by kind and configuration", rows, columns, cells);
  }

  /** What the numbers of the matrix stand for. */
  Section numbers() {
    return Section.of(
        "Configurations of the design",
        html -> {
          html.open("ol", "class", "numbered");
          for (int c : order()) {
            String words = places.words(trials.design().configurations().get(c));
            html.leaf("li", c == 0 ? words + " (gate.edit)" : words);
          }
          html.close();
        });
  }

  private static double mean(double[] values, List<String> kinds, String kind) {
    double mean =
        IntStream.range(0, values.length)
            .filter(t -> kind.isEmpty() || kinds.get(t).equals(kind))
            .mapToDouble(t -> values[t])
            .average()
            .orElse(0);
    return Math.min(1, mean);
  }
}
