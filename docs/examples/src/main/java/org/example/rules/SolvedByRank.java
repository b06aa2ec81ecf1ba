package org.example.rules;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.rl.Candidate;
import org.seal4j.rl.Selection;
import org.seal4j.rl.restem.SelectionRule;
import org.seal4j.rl.restem.TopPerTask;

/** Every solved self-edit counts once, those that rank first in their context twice. */
public final class SolvedByRank implements SelectionRule {
  @Override
  public String ruleName() {
    return "solved_by_rank";
  }

  @Override
  public Selection with(int keep, TopPerTask.Ranking ranking) {
    Selection best = new TopPerTask(keep, ranking);
    return round -> {
      List<Double> top = best.weights(round);
      List<Double> weights = new ArrayList<>();
      for (int i = 0; i < round.size(); i++) {
        Candidate edit = round.get(i);
        weights.add(edit.valid() && edit.outcome().solved() ? 1 + top.get(i) : 0);
      }
      return weights;
    };
  }
}
