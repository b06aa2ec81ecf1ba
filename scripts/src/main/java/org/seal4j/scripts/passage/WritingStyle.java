package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.seal4j.data.world.EditReader;
import org.seal4j.data.world.EditReader.Reading;
import org.seal4j.data.world.EditStyle;
import org.seal4j.data.world.Story;
import org.seal4j.eval.report.Gate;
import org.seal4j.eval.report.Preferences;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.Phases;

/** What the policy's self-edits about an invented world are like, before and after the rounds. */
final class WritingStyle {
  /** Factual accuracy that a policy should reach before its writing is reinforced. */
  private static final double ACCURATE = 0.9;

  private final Map<String, Story> stories;

  /**
   * @param stories of the evaluated passages, by id
   */
  WritingStyle(Map<String, Story> stories) {
    this.stories = stories;
  }

  /** What the page shows; nothing where no facts are known. */
  static Preferences preferences(PassagePlan plan, Phases phases) {
    return plan.stories().isEmpty()
        ? Preferences.none()
        : new WritingStyle(plan.stories()).of(phases);
  }

  /** The same for these stages. */
  static Preferences preferences(PassagePlan plan, Map<String, List<EditRow>> stages) {
    return plan.stories().isEmpty()
        ? Preferences.none()
        : new WritingStyle(plan.stories()).of(stages);
  }

  /** Before RL and after each round. */
  Preferences of(Phases phases) {
    Map<String, List<EditRow>> stages = new LinkedHashMap<>();
    stages.put("before RL", phases.rows(Phases.NO_RL));
    for (int round = 1; round <= phases.rounds().size(); round++) {
      stages.put("after round " + round, phases.rows(Phases.round(round)));
    }
    return of(stages);
  }

  /** The self-edits of each of these stages. */
  Preferences of(Map<String, List<EditRow>> written) {
    Map<String, List<Reading>> stages = new LinkedHashMap<>();
    written.forEach((stage, rows) -> stages.put(stage, read(rows)));
    List<List<Reading>> readings = List.copyOf(stages.values());
    List<Preferences.Choice> styles = new ArrayList<>();
    for (EditStyle style : EditStyle.values()) {
      String name = style.name().toLowerCase(Locale.ROOT);
      styles.add(choice(name, readings, r -> r.style().equals(Optional.of(style))));
    }
    return new Preferences(
        List.copyOf(stages.keySet()),
        List.of(
            new Preferences.Setting("style", styles),
            new Preferences.Setting(
                "lines",
                List.of(
                    choice("1 to 3", readings, r -> r.lines() <= 3),
                    choice("4 to 6", readings, r -> r.lines() > 3 && r.lines() <= 6),
                    choice("7 and more", readings, r -> r.lines() > 6))),
            new Preferences.Setting(
                "factual accuracy",
                List.of(
                    new Preferences.Choice(
                        "claims that are true",
                        readings.stream().map(WritingStyle::accuracy).toList())))));
  }

  /**
   * Whether the policy copies well enough to be reinforced: the factual accuracy of these
   * self-edits, which it wrote before any round. None where no facts are known.
   */
  static List<Gate> gates(PassagePlan plan, List<EditRow> beforeRl) {
    if (plan.stories().isEmpty()) {
      return List.of();
    }
    List<Reading> readings = new WritingStyle(plan.stories()).read(beforeRl);
    int claims = readings.stream().mapToInt(Reading::claims).sum();
    return List.of(
        new Gate("factual accuracy of self-edits before RL", accuracy(readings), claims, ACCURATE));
  }

  /** Share of the claims that are true; 0 where nothing was claimed. */
  static double accuracy(List<Reading> readings) {
    int claims = readings.stream().mapToInt(Reading::claims).sum();
    int right = readings.stream().mapToInt(Reading::right).sum();
    return claims == 0 ? 0 : (double) right / claims;
  }

  /** The edits of a phase as they read; invalid ones are left out. */
  List<Reading> read(List<EditRow> rows) {
    List<Reading> readings = new ArrayList<>();
    for (EditRow row : rows) {
      Story story = stories.get(row.key().contextId());
      if (story != null && row.draft().edit().isPresent()) {
        readings.add(EditReader.read(row.draft().edit().get(), story));
      }
    }
    return readings;
  }

  private static Preferences.Choice choice(
      String value, List<List<Reading>> stages, Predicate<Reading> has) {
    return new Preferences.Choice(
        value,
        stages.stream()
            .map(
                readings ->
                    readings.isEmpty()
                        ? 0.0
                        : (double) readings.stream().filter(has).count() / readings.size())
            .toList());
  }
}
