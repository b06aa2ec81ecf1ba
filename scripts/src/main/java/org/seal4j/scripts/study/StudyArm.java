package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.study.StudiedEdit;

/**
 * What one arm measured.
 *
 * @param keys of the arm
 * @param phases its rows, under names that no other arm has
 * @param speed how fast edits were applied
 * @param studied what each evaluated edit was trained on
 * @param meter CPU seconds of this process
 * @param general what its adapters can do besides, by phase; empty where it was not asked
 */
record StudyArm(
    ArmKeys keys,
    Phases phases,
    String speed,
    Map<EditRow.Key, StudiedEdit> studied,
    CpuMeter meter,
    Map<String, GeneralScore> general) {

  /** Its row after the last round, or its only one. */
  String last() {
    return List.copyOf(phases.conditions().keySet()).get(phases.conditions().size() - 1);
  }

  /** What an evaluated edit was trained on. */
  StudiedEdit studied(EditRow row) {
    return Checks.present(studied.get(row.key()), "%s was not evaluated", row.key());
  }

  /** General ability of all arms by the labels of their rows. */
  static Map<String, GeneralScore> general(List<StudyArm> arms) {
    Map<String, GeneralScore> all = new LinkedHashMap<>();
    for (StudyArm arm : arms) {
      arm.phases
          .conditions()
          .forEach(
              (label, phase) -> {
                GeneralScore score =
                    arm.general.get(phase.substring(arm.keys.folder().length() + 1));
                if (score != null) {
                  all.put(label, score);
                }
              });
    }
    return all;
  }

  /** All arms in one. */
  static Phases together(List<StudyArm> arms) {
    List<RoundResult> rounds = new ArrayList<>();
    Map<String, List<EditRow>> rows = new LinkedHashMap<>();
    Map<String, String> conditions = new LinkedHashMap<>();
    for (StudyArm arm : arms) {
      rounds.addAll(arm.phases.rounds());
      rows.putAll(arm.phases.evaluations());
      conditions.putAll(arm.phases.conditions());
    }
    return new Phases(rounds, rows, conditions);
  }
}
