package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;

/**
 * What a run measured.
 *
 * @param rounds of the loop, in order
 * @param evaluations rows of each evaluation by the phase's name in the journal, in the order in
 *     which they were made
 */
record Phases(List<RoundResult> rounds, Map<String, List<EditRow>> evaluations) {
  static final String GATE = "gate";
  static final String IN_CONTEXT = "in-context";
  static final String UNIFORM = "uniform-random";
  static final String NO_RL = "no-rl";
  static final String FIXED = "fixed";
  private static final String ROUND = "round-";

  /** The name of the evaluation after a round. */
  static String round(int number) {
    return ROUND + number;
  }

  /** The name of the evaluation after the last round. */
  String last() {
    return round(rounds.size());
  }

  /** The rows of one evaluation. */
  List<EditRow> rows(String phase) {
    return evaluations.getOrDefault(phase, List.of());
  }

  /** The held-out evaluations by their names in the table, in its order. */
  Map<String, String> conditions() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("in-context", IN_CONTEXT);
    labels.put("uniform-random configurations", UNIFORM);
    labels.put("self-edits without RL", NO_RL);
    for (int number = 1; number <= rounds.size(); number++) {
      labels.put("round " + number, round(number));
    }
    labels.put("fixed good configuration", FIXED);
    return labels;
  }

  /** All rows that the policy wrote, invalid ones included. */
  List<EditRow> written() {
    List<EditRow> written = new ArrayList<>();
    rounds.forEach(round -> written.addAll(round.rows()));
    evaluations.values().forEach(written::addAll);
    written.removeIf(row -> row.draft().attempts() == 0);
    return written;
  }
}
