package org.seal4j.rl.dpo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.rl.Candidate;
import org.seal4j.rl.Selection;
import org.seal4j.rl.restem.TopPerTask;

/**
 * The best and the worst valid self-edit of each context, where one earned more than the other:
 * what DPO learns from. Of equal ones the first.
 *
 * @param ranking what a self-edit is worth
 */
public record BestAndWorst(TopPerTask.Ranking ranking) implements Selection {

  @Override
  public List<Double> weights(List<Candidate> round) {
    Map<String, Integer> best = new LinkedHashMap<>();
    Map<String, Integer> worst = new LinkedHashMap<>();
    for (int i = 0; i < round.size(); i++) {
      if (round.get(i).valid()) {
        String context = round.get(i).contextId();
        best.merge(context, i, (a, b) -> worth(round, b) > worth(round, a) ? b : a);
        worst.merge(context, i, (a, b) -> worth(round, b) < worth(round, a) ? b : a);
      }
    }
    List<Double> weights = new ArrayList<>(Collections.nCopies(round.size(), 0.0));
    best.forEach(
        (context, at) -> {
          int least = worst.getOrDefault(context, at);
          if (worth(round, at) > worth(round, least)) {
            weights.set(at, 1.0);
            weights.set(least, 1.0);
          }
        });
    return weights;
  }

  private double worth(List<Candidate> round, int at) {
    return ranking.worth(round.get(at).outcome());
  }
}
