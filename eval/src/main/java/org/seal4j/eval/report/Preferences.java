package org.seal4j.eval.report;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * What the policy chooses, before and after reinforcement.
 *
 * @param stages {@code ["before", "after round 1", ...]}
 * @param settings one per decision of a self-edit
 */
public record Preferences(List<String> stages, List<Setting> settings) {
  public Preferences {
    stages = List.copyOf(stages);
    settings = List.copyOf(settings);
    for (Setting setting : settings) {
      for (Choice choice : setting.choices()) {
        Checks.require(
            choice.shares().size() == stages.size(),
            "choice '%s' of '%s' needs one share per stage %s but has %d",
            choice.value(),
            setting.name(),
            stages,
            choice.shares().size());
      }
    }
  }

  /** No stages, no settings: the section is left out. */
  public static Preferences none() {
    return new Preferences(List.of(), List.of());
  }

  /** One decision of a self-edit, for example {@code learning_rate}. */
  public record Setting(String name, List<Choice> choices) {
    public Setting {
      choices = List.copyOf(choices);
    }
  }

  /** One value of a decision with its share in [0, 1] at each stage. */
  public record Choice(String value, List<Double> shares) {
    public Choice {
      for (double share : shares) {
        Checks.require(
            share >= 0 && share <= 1, "share of '%s' must be in [0, 1] but is %s", value, share);
      }
      shares = List.copyOf(shares);
    }
  }
}
