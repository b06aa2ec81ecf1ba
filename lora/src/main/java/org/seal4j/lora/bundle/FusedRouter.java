package org.seal4j.lora.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.check.Checks;

/**
 * Several routers as one, by reciprocal rank fusion: a passage has the sum of {@code 1 / (60 +
 * rank)} over the rankings that it is in (Cormack, Clarke and Buettcher 2009, "Reciprocal Rank
 * Fusion outperforms Condorcet and individual Rank Learning Methods"). The evidence is the mean of
 * theirs.
 */
public final class FusedRouter implements Router {
  /** The constant of the paper. */
  private static final int K = 60;

  private final List<Router> parts;

  /**
   * @param parts at least one; closed with this
   */
  public FusedRouter(List<Router> parts) {
    Checks.require(!parts.isEmpty(), "a fused router needs one part at least");
    this.parts = List.copyOf(parts);
  }

  @Override
  public Ranking rank(String question) {
    return fused(parts.stream().map(part -> part.rank(question)).toList());
  }

  /** Several rankings of one question as one. */
  static Ranking fused(List<Ranking> rankings) {
    Map<String, Double> scores = new TreeMap<>();
    double evidence = 0;
    for (Ranking ranking : rankings) {
      evidence += ranking.evidence() / rankings.size();
      for (int i = 0; i < ranking.passages().size(); i++) {
        scores.merge(ranking.passages().get(i).passage(), 1.0 / (K + i + 1), Double::sum);
      }
    }
    List<Ranking.Ranked> ranked = new ArrayList<>();
    scores.forEach((passage, score) -> ranked.add(new Ranking.Ranked(passage, score)));
    ranked.sort(Ranking.ORDER);
    return new Ranking(ranked, evidence);
  }

  @Override
  public void close() {
    parts.forEach(Router::close);
  }
}
