package org.seal4j.rl;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often the policy wrote something that is no edit. Differs from SEAL: there invalid text is
 * resampled without limit and never counted.
 *
 * @param edits edits asked for
 * @param invalidEdits those still invalid after resampling; their reward is 0
 * @param samples answers drawn, resampled ones included
 * @param invalidSamples answers that were no edit
 * @param reasons of the edits still invalid, in alphabetical order
 */
public record EditCounts(
    int edits, int invalidEdits, int samples, int invalidSamples, Map<String, Integer> reasons) {

  /** Counts the rows of a phase. */
  public static EditCounts of(List<EditRow> rows) {
    int invalid = 0;
    int samples = 0;
    int invalidSamples = 0;
    Map<String, Integer> reasons = new TreeMap<>();
    for (EditRow row : rows) {
      samples += row.draft().attempts();
      invalidSamples += Math.max(0, row.draft().attempts() - 1);
      if (row.draft().reason().isPresent()) {
        invalid++;
        invalidSamples++;
        reasons.merge(row.draft().reason().get(), 1, Integer::sum);
      }
    }
    return new EditCounts(
        rows.size(), invalid, samples, invalidSamples, Collections.unmodifiableMap(reasons));
  }

  /** Share of the answers drawn that were no edit; 0 if none was drawn. */
  public double invalidShare() {
    return samples == 0 ? 0 : (double) invalidSamples / samples;
  }
}
