package org.seal4j.eval.squad;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.stats.Agreement;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.TaskBootstrap;

/**
 * How well the proxy reward foretells the real one: rank correlations with the rewards of the same
 * edits, and what choosing by it would gain. Intervals are a bootstrap over passages.
 *
 * @param passages how many there are
 * @param edits how many in all
 * @param rows one for the sum and one for each score
 */
public record ProxyStudy(int passages, int edits, List<Row> rows) {
  private static final int DRAWS = 2_000;

  /** An edit with both rewards. */
  public record Scored(ProxyReward proxy, double reward) {}

  /**
   * What one score gives.
   *
   * @param score its name
   * @param pooled Spearman's correlation over all edits of all passages
   * @param within the mean of the correlations inside each passage where one is defined; this is
   *     what selection needs
   * @param lift mean reward of each passage's best edit by this score (of equals their mean) minus
   *     the mean reward of all its edits
   */
  public record Row(String score, Estimate pooled, Estimate within, Estimate lift) {}

  /**
   * Compares the rewards.
   *
   * @param passages the edits of each passage
   */
  public static ProxyStudy of(List<List<Scored>> passages, Seeds seeds) {
    Checks.require(
        passages.size() >= 2 && passages.stream().noneMatch(List::isEmpty),
        "a comparison of rewards needs at least 2 passages, each with an edit, but got %d",
        passages.size());
    TaskBootstrap bootstrap = new TaskBootstrap(seeds, DRAWS, 0.95);
    return new ProxyStudy(
        passages.size(),
        passages.stream().mapToInt(List::size).sum(),
        List.of(
            row("sum", ProxyReward::sum, passages, bootstrap),
            row("length", ProxyReward::length, passages, bootstrap),
            row("diversity", ProxyReward::diversity, passages, bootstrap),
            row("coverage", ProxyReward::coverage, passages, bootstrap),
            row("correctness", ProxyReward::correctness, passages, bootstrap)));
  }

  private static Row row(
      String name,
      ToDoubleFunction<ProxyReward> score,
      List<List<Scored>> passages,
      TaskBootstrap bootstrap) {
    double[] lifts = passages.stream().mapToDouble(edits -> lift(edits, score)).toArray();
    double[] inside = passages.stream().mapToDouble(edits -> inside(edits, score)).toArray();
    int n = passages.size();
    return new Row(
        name,
        bootstrap.estimate(n, drawn -> pooled(drawn, passages, score)),
        bootstrap.estimate(n, drawn -> mean(drawn, inside)),
        bootstrap.estimate(n, drawn -> mean(drawn, lifts)));
  }

  private static double pooled(
      int[] drawn, List<List<Scored>> passages, ToDoubleFunction<ProxyReward> score) {
    List<Scored> edits = new ArrayList<>();
    for (int passage : drawn) {
      edits.addAll(passages.get(passage));
    }
    return spearman(edits, score).orElse(0);
  }

  /** NaN where one side is constant. */
  private static double inside(List<Scored> edits, ToDoubleFunction<ProxyReward> score) {
    return edits.size() < 2 ? Double.NaN : spearman(edits, score).orElse(Double.NaN);
  }

  private static OptionalDouble spearman(List<Scored> edits, ToDoubleFunction<ProxyReward> score) {
    return Agreement.spearman(
        edits.stream().mapToDouble(edit -> score.applyAsDouble(edit.proxy())).toArray(),
        edits.stream().mapToDouble(Scored::reward).toArray());
  }

  private static double lift(List<Scored> edits, ToDoubleFunction<ProxyReward> score) {
    double best =
        edits.stream()
            .map(edit -> score.applyAsDouble(edit.proxy()))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    double chosen =
        edits.stream()
            .filter(edit -> score.applyAsDouble(edit.proxy()) == best)
            .mapToDouble(Scored::reward)
            .average()
            .orElseThrow();
    return chosen - edits.stream().mapToDouble(Scored::reward).average().orElseThrow();
  }

  /** Mean of the numbers there are; 0 where there is none. */
  private static double mean(int[] drawn, double[] values) {
    double sum = 0;
    int count = 0;
    for (int i : drawn) {
      if (!Double.isNaN(values[i])) {
        sum += values[i];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
