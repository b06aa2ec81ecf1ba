package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.experiment.Phases;

/**
 * What one arm measured.
 *
 * @param keys of the arm
 * @param phases its rows, under names that no other arm has
 * @param speed how fast edits were applied
 */
record StudyArm(ArmKeys keys, Phases phases, String speed) {

  /** Its row after the last round, or its only one. */
  String last() {
    return List.copyOf(phases.conditions().keySet()).get(phases.conditions().size() - 1);
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
