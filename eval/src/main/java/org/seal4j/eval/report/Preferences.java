package org.seal4j.eval.report;

import java.util.List;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;

/**
 * How often the policy takes each choice, before and after reinforcement, or another share for each
 * choice: a section of grouped bars, later stages in a stronger colour.
 *
 * @param title heading of the section
 * @param note what the shares are, for a person
 * @param stages {@code ["before", "after round 1", ...]}
 * @param settings one per decision of a self-edit
 */
public record Preferences(String title, String note, List<String> stages, List<Setting> settings)
    implements Section {
  private static final int BAR = 8;

  /** How often the policy takes each choice, counted in what it wrote. */
  public Preferences(List<String> stages, List<Setting> settings) {
    this("Policy choices", "Share of sampled self-edits with each choice.", stages, settings);
  }

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
      shares = List.copyOf(shares);
      Checks.require(
          shares.stream().allMatch(share -> share >= 0 && share <= 1),
          "shares of '%s' must be in [0, 1] but are %s",
          value,
          shares);
    }

    /** {@code "53 → 90 → 98 %"}. */
    private String percents() {
      return shares.stream()
          .map(share -> Long.toString(Math.round(100 * share)))
          .collect(Collectors.joining(" → ", "", " %"));
    }
  }

  @Override
  public void write(Html html) {
    if (settings.isEmpty()) {
      return;
    }
    html.note(note).open("ul", "class", "legend");
    for (int i = 0; i < stages.size(); i++) {
      html.open("li").open("svg", "viewBox", "0 0 14 10", "aria-hidden", "true");
      html.shape("rect", "width", 14, "height", 10, "rx", 2, "opacity", opacity(i));
      html.close().text(stages.get(i)).close();
    }
    html.close().open("div", "class", "preferences");
    for (Setting setting : settings) {
      html.open("div", "class", "card").leaf("h3", setting.name()).open("table");
      setting.choices().forEach(choice -> row(html, choice));
      html.close().closeLine();
    }
    html.close();
  }

  private void row(Html html, Choice choice) {
    int height = stages.size() * BAR;
    html.open("tr").leaf("th", choice.value(), "scope", "row").open("td", "class", "bar");
    html.open("svg", "class", "share", "aria-hidden", "true", "height", height);
    html.shape("rect", "class", "ground", "width", "100%", "height", height, "rx", 2);
    for (int i = 0; i < stages.size(); i++) {
      String width = Numbers.width(choice.shares().get(i));
      html.shape("rect", "y", i * BAR, "width", width, "height", BAR - 1, "opacity", opacity(i));
    }
    html.close().close().leaf("td", choice.percents(), "class", "num").closeLine();
  }

  private double opacity(int stage) {
    return 0.3 + 0.7 * (stages.size() == 1 ? 1 : (double) stage / (stages.size() - 1));
  }
}
