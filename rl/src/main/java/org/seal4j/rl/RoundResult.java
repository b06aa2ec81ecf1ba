package org.seal4j.rl;

import java.util.List;

/**
 * What a round of the loop gave.
 *
 * @param round its number, from 1
 * @param rows the evaluated edits
 * @param weights what the selection gave each of them
 * @param losses the M-step's loss per optimizer step; empty if nothing was selected
 * @param reexamined some of the selected edits, trained and examined once more before the policy
 *     learned from them; empty where none were asked for
 */
public record RoundResult(
    int round,
    List<EditRow> rows,
    List<Double> weights,
    List<Double> losses,
    List<EditRow> reexamined) {
  /** A round that examined no edit twice. */
  public RoundResult(int round, List<EditRow> rows, List<Double> weights, List<Double> losses) {
    this(round, rows, weights, losses, List.of());
  }

  public RoundResult {
    rows = List.copyOf(rows);
    weights = List.copyOf(weights);
    losses = List.copyOf(losses);
    reexamined = List.copyOf(reexamined);
  }

  /**
   * Mean reward over all edits, invalid ones included with reward 0; without those whose training
   * ended early.
   */
  public double meanReward() {
    return rows.stream()
        .filter(row -> !row.outcome().stopped())
        .mapToDouble(row -> row.outcome().reward())
        .average()
        .orElse(0);
  }

  /** How many edits the policy learned from. */
  public int selected() {
    return (int) weights.stream().filter(weight -> weight > 0).count();
  }

  /** How often the policy wrote something that is no edit. */
  public EditCounts counts() {
    return EditCounts.of(rows);
  }
}
