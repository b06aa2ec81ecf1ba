package org.seal4j.scripts.arc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;
import org.seal4j.scripts.experiment.Phases;

/** The phases of a run on grid tasks. */
final class ArcPhases {
  static final String GATE = "gate";
  static final String IN_CONTEXT = "in-context";
  static final String UNIFORM = "uniform-random";
  static final String FIXED = "fixed";

  private ArcPhases() {}

  static Phases of(List<RoundResult> rounds, Map<String, List<EditRow>> evaluations) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("in-context", IN_CONTEXT);
    labels.put("uniform-random configurations", UNIFORM);
    labels.put("self-edits without RL", Phases.NO_RL);
    for (int number = 1; number <= rounds.size(); number++) {
      labels.put("round " + number, Phases.round(number));
    }
    labels.put("fixed good configuration", FIXED);
    return new Phases(rounds, evaluations, labels);
  }
}
