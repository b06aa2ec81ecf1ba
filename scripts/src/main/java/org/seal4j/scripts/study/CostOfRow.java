package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;

/**
 * What a row cost. Tokens are the same in every run of a recipe and seed; CPU seconds are those of
 * this process and stand in no table.
 *
 * @param edits evaluated
 * @param tokens that an adapter of the row was trained on, mean over edits
 * @param loopTokens that the adapters of all rounds before were trained on, together; without the
 *     policy's own learning
 * @param seconds CPU seconds of an edit by what they were spent on; empty where the edits were
 *     evaluated by an earlier process
 * @param loopSeconds of all rounds before, learning included; NaN where an earlier process did some
 */
record CostOfRow(
    int edits,
    double tokens,
    long loopTokens,
    Map<CpuMeter.Part, Double> seconds,
    double loopSeconds) {
  private static final List<CpuMeter.Part> OF_AN_EDIT =
      List.of(CpuMeter.Part.WRITING, CpuMeter.Part.TEACHER, CpuMeter.Part.TRAINING);
  private static final List<CpuMeter.Part> OF_A_ROUND =
      List.of(
          CpuMeter.Part.WRITING,
          CpuMeter.Part.TEACHER,
          CpuMeter.Part.TRAINING,
          CpuMeter.Part.LEARNING);

  /** How the meter calls the work of a round. */
  static String loop(int round) {
    return "loop " + round;
  }

  /** All rows by their labels. */
  static Map<String, CostOfRow> of(List<StudyArm> arms) {
    Map<String, CostOfRow> costs = new LinkedHashMap<>();
    for (StudyArm arm : arms) {
      int rounds = 0;
      for (Map.Entry<String, String> row : arm.phases().conditions().entrySet()) {
        costs.put(row.getKey(), of(arm, row.getValue(), rounds));
        rounds++;
      }
    }
    return costs;
  }

  /**
   * @param rounds that the policy has learned from
   */
  private static CostOfRow of(StudyArm arm, String phase, int rounds) {
    List<EditRow> rows =
        arm.phases().rows(phase).stream()
            .filter(row -> arm.studied().containsKey(row.key()))
            .toList();
    String local = phase.substring(arm.keys().folder().length() + 1);
    boolean here = !rows.isEmpty() && arm.meter().edits(local) == rows.size();
    Map<CpuMeter.Part, Double> seconds = new LinkedHashMap<>();
    for (CpuMeter.Part part : here ? OF_AN_EDIT : List.<CpuMeter.Part>of()) {
      seconds.put(part, arm.meter().seconds(local, part) / rows.size());
    }
    double loop = 0;
    List<EditRow> looped = new ArrayList<>();
    for (RoundResult round : arm.phases().rounds().subList(0, rounds)) {
      List<EditRow> trained =
          round.rows().stream().filter(row -> arm.studied().containsKey(row.key())).toList();
      looped.addAll(trained);
      String work = loop(round.round());
      loop += arm.meter().edits(work) == trained.size() ? 0 : Double.NaN;
      for (CpuMeter.Part part : OF_A_ROUND) {
        loop += arm.meter().seconds(work, part);
      }
    }
    double tokens = (double) tokens(arm, rows) / Math.max(1, rows.size());
    return new CostOfRow(rows.size(), tokens, tokens(arm, looped), seconds, loop);
  }

  private static long tokens(StudyArm arm, List<EditRow> rows) {
    return rows.stream().mapToLong(row -> arm.studied(row).tokens()).sum();
  }

  /** CPU seconds of an edit; NaN where an earlier process spent some. */
  double total() {
    return seconds.isEmpty()
        ? Double.NaN
        : seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
