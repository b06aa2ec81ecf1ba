package org.seal4j.eval.report;

import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.eval.arc.Ballot;

/**
 * A task that was to be solved, in a picture: its demonstrations, each grid that was asked for with
 * the attempts and their votes, and what the policy chose to adapt itself by.
 *
 * @param id of the task
 * @param family what groups it; the id where nothing does
 * @param demonstrations worked pairs
 * @param asked grids that were asked for
 * @param written self-edits, the most likely one first; may be empty
 */
public record AttemptedTask(
    String id,
    String family,
    List<GridPair> demonstrations,
    List<Asked> asked,
    List<Written> written) {
  private static final int BAR = 10;

  public AttemptedTask {
    demonstrations = List.copyOf(demonstrations);
    asked = List.copyOf(asked);
    written = List.copyOf(written);
  }

  /**
   * One grid that was asked for.
   *
   * @param input what is shown of it
   * @param truth what is expected, where it is known
   * @param attempts the best first
   * @param note why there is none, or a remark; may be empty
   */
  public record Asked(Grid input, Optional<Grid> truth, List<Ballot> attempts, String note) {
    public Asked {
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * One self-edit.
   *
   * @param summary it in one line
   * @param note what its training did
   * @param settings its choices, each with what else could have been chosen
   */
  public record Written(String summary, String note, List<Setting> settings) {
    public Written {
      settings = List.copyOf(settings);
    }
  }

  /**
   * One choice of a self-edit.
   *
   * @param name what is chosen
   * @param value what was chosen
   * @param options every value
   */
  public record Setting(String name, String value, List<Option> options) {
    public Setting {
      options = List.copyOf(options);
    }
  }

  /**
   * A value that could be chosen.
   *
   * @param probability that the policy gave it, from 0 to 1
   */
  public record Option(String value, double probability) {
    public Option {
      Checks.require(
          probability >= 0 && probability <= 1,
          "the probability of '%s' must be in [0, 1] but is %s",
          value,
          probability);
    }
  }

  /** A section of such tasks; without any it is left out. */
  public static Section section(List<AttemptedTask> tasks) {
    return Section.of(
        "Tasks",
        html -> {
          if (!tasks.isEmpty()) {
            html.note("An attempt's share is that of the answers which are this grid.");
            tasks.forEach(task -> task.write(html));
          }
        });
  }

  void write(Html html) {
    html.open("article", "class", "card task").open("h3").text(id);
    if (!family.equals(id)) {
      html.leaf("span", family, "class", "quiet");
    }
    html.close().open("div", "class", "row").open("div");
    html.leaf("h4", "Demonstrations").open("div", "class", "pairs");
    for (GridPair pair : demonstrations) {
      html.open("div", "class", GridSvg.isRow(pair.input()) ? "pair rows" : "pair");
      GridSvg.write(html, pair.input());
      html.leaf("span", "→", "class", "arrow");
      GridSvg.write(html, pair.output());
      html.closeLine();
    }
    html.close().close().close();
    for (int i = 0; i < asked.size(); i++) {
      write(html, asked.get(i), asked.size() == 1 ? "Test" : "Test " + (i + 1));
    }
    written.forEach(one -> write(html, one));
    html.closeLine();
  }

  private static void write(Html html, Asked asked, String heading) {
    html.open("div", "class", "row attempts").open("figure");
    html.leaf("figcaption", heading).open("div", "class", "pairs");
    GridSvg.write(html, asked.input);
    html.close().close();
    for (int i = 0; i < asked.attempts.size(); i++) {
      write(html, asked.attempts.get(i), asked.truth, "attempt " + (i + 1));
    }
    asked.truth.ifPresent(
        truth -> {
          html.open("figure").leaf("figcaption", "expected").open("div", "class", "pairs");
          GridSvg.write(html, truth);
          html.close().close();
        });
    if (!asked.note.isEmpty()) {
      html.note(asked.note);
    }
    html.closeLine();
  }

  private static void write(Html html, Ballot attempt, Optional<Grid> truth, String name) {
    boolean right = truth.filter(attempt.grid()::equals).isPresent();
    String known = truth.isEmpty() ? "" : right ? "right" : "wrong";
    html.open("figure", "class", known).open("figcaption");
    if (truth.isPresent()) {
      html.leaf("span", right ? "✓" : "✗", "class", "mark");
    }
    html.text(" " + name + ": " + Math.round(100 * attempt.confidence()) + " %").close();
    html.open("div", "class", "pairs");
    html.open("span", "class", truth.isEmpty() ? "" : right ? "hit" : "miss");
    GridSvg.write(html, attempt.grid());
    html.close().close();
    html.open("svg", "class", "share votes", "aria-hidden", "true", "height", BAR);
    html.shape("rect", "class", "ground", "width", "100%", "height", BAR, "rx", 2);
    html.shape("rect", "width", Numbers.width(attempt.confidence()), "height", BAR, "rx", 2);
    html.close()
        .note("%d of %s".formatted(attempt.votes(), Amount.of(attempt.answers(), "answer")))
        .close();
  }

  private static void write(Html html, Written one) {
    html.open("details", "class", "written-edit").leaf("summary", one.summary);
    html.note(one.note).open("div", "class", "preferences");
    for (Setting setting : one.settings) {
      html.open("div").leaf("h4", setting.name).open("table");
      setting.options.forEach(option -> row(html, option, option.value.equals(setting.value)));
      html.close().closeLine();
    }
    html.close().closeLine();
  }

  private static void row(Html html, Option option, boolean chosen) {
    html.open("tr", "class", chosen ? "chosen" : "").leaf("th", option.value, "scope", "row");
    html.open("td", "class", "bar");
    html.open("svg", "class", "share", "aria-hidden", "true", "height", BAR);
    html.shape("rect", "class", "ground", "width", "100%", "height", BAR, "rx", 2);
    html.shape("rect", "width", Numbers.width(option.probability), "height", BAR, "rx", 2);
    html.close().close();
    html.leaf("td", Math.round(100 * option.probability) + " %", "class", "num").closeLine();
  }
}
