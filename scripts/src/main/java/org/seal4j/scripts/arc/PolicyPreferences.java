package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.eval.report.Preferences;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.grid.EditTokens;

/** What the policy chooses on held-out tasks, counted in the self-edits it wrote there. */
final class PolicyPreferences {
  private final EditTokens tokens;

  PolicyPreferences(EditTokens tokens) {
    this.tokens = tokens;
  }

  Preferences of(Phases phases) {
    Map<String, List<EditRow>> stages = new LinkedHashMap<>();
    stages.put("before RL", phases.rows(Phases.NO_RL));
    for (int round = 1; round <= phases.rounds().size(); round++) {
      stages.put("after round " + round, phases.rows(Phases.round(round)));
    }
    List<Preferences.Setting> settings = new ArrayList<>();
    for (int slot = 0; slot < tokens.length(); slot++) {
      settings.add(setting(slot, List.copyOf(stages.values())));
    }
    return new Preferences(List.copyOf(stages.keySet()), settings);
  }

  private Preferences.Setting setting(int slot, List<List<EditRow>> stages) {
    List<Preferences.Choice> choices = new ArrayList<>();
    String name = "";
    for (int symbol : tokens.allowed(slot)) {
      String word = tokens.names().get(symbol);
      int equals = word.indexOf('=');
      name = word.substring(0, equals);
      List<Double> shares = new ArrayList<>();
      for (List<EditRow> rows : stages) {
        shares.add(share(rows, slot, word));
      }
      choices.add(new Preferences.Choice(shown(slot, word.substring(equals + 1)), shares));
    }
    return new Preferences.Setting(name, choices);
  }

  /** Tools are on or off; other choices show their value. */
  private String shown(int slot, String value) {
    boolean tool = slot < tokens.length() - 3;
    return tool ? (value.equals("1") ? "on" : "off") : value;
  }

  /** Share of the valid edits that have this word in this slot. */
  static double share(List<EditRow> rows, int slot, String word) {
    List<EditRow> valid = rows.stream().filter(EditRow::isValid).toList();
    long with =
        valid.stream()
            .filter(row -> List.of(row.draft().raw().split(" ")).get(slot).equals(word))
            .count();
    return valid.isEmpty() ? 0 : (double) with / valid.size();
  }
}
