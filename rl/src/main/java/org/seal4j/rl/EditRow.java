package org.seal4j.rl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One evaluated edit, as the journal keeps it. No wall-clock value, and no selection: that follows
 * from the rows of a round.
 *
 * @param key which edit of which context in which phase
 * @param draft what was written
 * @param outcome what it gave
 */
public record EditRow(Key key, Draft draft, Outcome outcome) {

  /**
   * Which edit of which context in which phase. A run that continues another must ask for the same
   * keys in the same order.
   *
   * @param phase {@code train}, {@code baseline}, or the name of an evaluation
   * @param round the number of the round; in an evaluation, how many rounds the policy has learned
   *     from
   * @param contextId of the context
   * @param family of the context
   * @param index which of the context's edits, from 0
   * @param seed the node that sampling and evaluation of this edit draw from
   */
  public record Key(
      String phase, int round, String contextId, String family, int index, long seed) {}

  /**
   * What was written. Neither edit nor reason: the model was scored without an edit.
   *
   * @param raw the policy's last answer as written; empty if no policy wrote it
   * @param edit canonical text of the edit; empty if invalid or none
   * @param reason why the answer is no edit; empty if it is one
   * @param problem the same as a sentence; empty text if there is none
   * @param attempts samples drawn from the policy, all but the last invalid; 0 if it wrote nothing
   * @param logProbability of the last answer under the policy; NaN if no policy wrote it
   */
  public record Draft(
      String raw,
      Optional<String> edit,
      Optional<String> reason,
      String problem,
      int attempts,
      double logProbability) {}

  /** Rows by the id of their context, in the order in which they first stand there. */
  public static Map<String, List<EditRow>> byContext(List<EditRow> rows) {
    Map<String, List<EditRow>> byContext = new LinkedHashMap<>();
    rows.forEach(
        row -> byContext.computeIfAbsent(row.key.contextId, id -> new ArrayList<>()).add(row));
    return byContext;
  }

  /** Whether it is a well-formed edit. */
  public boolean isValid() {
    return draft.edit().isPresent();
  }

  /** Whether it is a well-formed edit that was trained to its end and examined. */
  public boolean isExamined() {
    return isValid() && !outcome.stopped();
  }
}
