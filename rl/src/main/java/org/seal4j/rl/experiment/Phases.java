package org.seal4j.rl.experiment;

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
 * @param conditions rows of the result table: phase by label, in the table's order
 */
public record Phases(
    List<RoundResult> rounds,
    Map<String, List<EditRow>> evaluations,
    Map<String, String> conditions) {
  /** The self-edits of the policy before any round. */
  public static final String NO_RL = "no-rl";

  /** What the table calls them. */
  public static final String NO_RL_LABEL = "self-edits without RL";

  private static final String ROUND = "round-";

  /** The name of the evaluation after a round. */
  public static String round(int number) {
    return ROUND + number;
  }

  /** What the table calls it. */
  public static String roundLabel(int number) {
    return "round " + number;
  }

  /** What the table calls the evaluation after the last round. */
  public String lastLabel() {
    return roundLabel(rounds.size());
  }

  /** The name of the evaluation after the last round. */
  public String last() {
    return round(rounds.size());
  }

  /** The rows of one evaluation. */
  public List<EditRow> rows(String phase) {
    return evaluations.getOrDefault(phase, List.of());
  }

  /**
   * The same with one more row of the table.
   *
   * @param above label of the row that it stands behind
   * @param label of the new one
   * @param phase its name in the journal
   */
  public Phases withCondition(String above, String label, String phase, List<EditRow> rows) {
    Map<String, List<EditRow>> all = new LinkedHashMap<>(evaluations);
    all.put(phase, rows);
    Map<String, String> ordered = new LinkedHashMap<>();
    conditions.forEach(
        (one, its) -> {
          ordered.put(one, its);
          if (one.equals(above)) {
            ordered.put(label, phase);
          }
        });
    return new Phases(rounds, all, ordered);
  }

  /** All rows that the policy wrote, invalid ones included. */
  public List<EditRow> written() {
    List<EditRow> written = new ArrayList<>();
    rounds.forEach(round -> written.addAll(round.rows()));
    evaluations.values().forEach(written::addAll);
    written.removeIf(row -> row.draft().attempts() == 0);
    return written;
  }
}
