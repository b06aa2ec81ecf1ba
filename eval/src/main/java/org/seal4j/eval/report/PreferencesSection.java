package org.seal4j.eval.report;

import java.util.List;
import java.util.stream.Collectors;
import org.seal4j.eval.report.Preferences.Choice;
import org.seal4j.eval.report.Preferences.Setting;

/** How often the policy takes each choice: grouped bars, later stages in a stronger colour. */
final class PreferencesSection {
  private static final int BAR = 8;

  private PreferencesSection() {}

  static void write(Html html, Preferences preferences) {
    if (preferences.settings().isEmpty()) {
      return;
    }
    List<String> stages = preferences.stages();
    html.open("section").leaf("h2", "What the policy prefers");
    html.leaf("p", "Share of sampled self-edits with each choice.", "class", "quiet");
    html.open("ul", "class", "legend");
    for (int i = 0; i < stages.size(); i++) {
      html.open("li").open("svg", "viewBox", "0 0 14 10", "aria-hidden", "true");
      html.single("rect", "width", "14", "height", "10", "rx", "2", "opacity", shade(i, stages));
      html.close().text(stages.get(i)).close();
    }
    html.close().open("div", "class", "preferences");
    preferences.settings().forEach(setting -> setting(html, setting, stages));
    html.close().closeLine();
  }

  private static void setting(Html html, Setting setting, List<String> stages) {
    html.open("div", "class", "card").leaf("h3", setting.name()).open("table");
    for (Choice choice : setting.choices()) {
      html.open("tr").leaf("th", choice.value(), "scope", "row").open("td", "class", "bar");
      String height = Integer.toString(stages.size() * BAR);
      html.open("svg", "class", "share", "aria-hidden", "true", "height", height);
      html.single("rect", "class", "ground", "width", "100%", "height", height, "rx", "2");
      for (int i = 0; i < stages.size(); i++) {
        bar(html, i, choice.shares().get(i), shade(i, stages));
      }
      html.close().close().leaf("td", shares(choice), "class", "num").closeLine();
    }
    html.close().closeLine();
  }

  private static void bar(Html html, int stage, double share, String shade) {
    html.single(
        "rect",
        "y",
        Integer.toString(stage * BAR),
        "width",
        ResultsSection.width(share),
        "height",
        Integer.toString(BAR - 1),
        "opacity",
        shade);
  }

  private static String shade(int stage, List<String> stages) {
    double part = stages.size() == 1 ? 1 : (double) stage / (stages.size() - 1);
    return Figures.coordinate(0.3 + 0.7 * part);
  }

  /** {@code "53 → 90 → 98 %"}. */
  private static String shares(Choice choice) {
    return choice.shares().stream()
            .map(share -> Long.toString(Math.round(100 * share)))
            .collect(Collectors.joining(" → "))
        + " %";
  }
}
