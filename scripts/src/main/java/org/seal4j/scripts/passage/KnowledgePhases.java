package org.seal4j.scripts.passage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;
import org.seal4j.scripts.experiment.Phases;

/** The phases of a run on passages. */
final class KnowledgePhases {
  static final String BASE = "base";
  static final String PASSAGE = "passage";
  static final String TEACHER = "teacher";

  static final String NO_RL_LABEL = "self-edits without RL";
  static final String PASSAGE_LABEL = "passage only";

  private KnowledgePhases() {}

  static Phases of(List<RoundResult> rounds, Map<String, List<EditRow>> evaluations) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("base model, not adapted", BASE);
    labels.put(PASSAGE_LABEL, PASSAGE);
    labels.put(NO_RL_LABEL, Phases.NO_RL);
    for (int number = 1; number <= rounds.size(); number++) {
      labels.put("round " + number, Phases.round(number));
    }
    if (evaluations.containsKey(TEACHER)) {
      labels.put("teacher text", TEACHER);
    }
    return new Phases(rounds, evaluations, labels);
  }
}
