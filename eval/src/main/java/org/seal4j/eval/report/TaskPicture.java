package org.seal4j.eval.report;

import java.util.List;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;

/**
 * A task with what each condition made of it.
 *
 * @param task demonstrations, hidden input and the expected grid
 * @param produced one entry per condition shown
 */
public record TaskPicture(ArcTask task, List<Produced> produced) {
  public TaskPicture {
    produced = List.copyOf(produced);
  }

  /**
   * The attempts of one condition.
   *
   * @param condition name of the condition
   * @param note how it came about, for example the self-edit; may be empty
   * @param attempts grids handed in, best first
   */
  public record Produced(String condition, String note, List<Grid> attempts) {
    public Produced {
      attempts = List.copyOf(attempts);
    }

    private void write(Html html, Grid truth) {
      boolean solved = attempts.contains(truth);
      html.open("figure", "class", solved ? "right" : "wrong").open("figcaption");
      html.leaf("span", solved ? "✓" : "✗", "class", "mark");
      html.text(" " + condition).close().open("div", "class", "pairs");
      for (Grid attempt : attempts) {
        html.open("span", "class", attempt.equals(truth) ? "hit" : "miss");
        GridSvg.write(html, attempt);
        html.close();
      }
      html.close();
      if (!note.isEmpty()) {
        html.note(note);
      }
      html.closeLine();
    }
  }

  void write(Html html) {
    html.open("article", "class", "card task").open("h3").text(task.id());
    if (!task.family().equals(task.id())) {
      html.leaf("span", task.family(), "class", "quiet");
    }
    html.close().open("div", "class", "row");
    pairs(html, "Demonstrations", task.demonstrations());
    pairs(html, "Test → expected", List.of(task.test()));
    html.close().open("div", "class", "row attempts");
    produced.forEach(one -> one.write(html, task.test().output()));
    html.close().closeLine();
  }

  private static void pairs(Html html, String heading, List<GridPair> pairs) {
    html.open("div").leaf("h4", heading).open("div", "class", "pairs");
    for (GridPair pair : pairs) {
      html.open("div", "class", GridSvg.isRow(pair.input()) ? "pair rows" : "pair");
      GridSvg.write(html, pair.input());
      html.leaf("span", "→", "class", "arrow");
      GridSvg.write(html, pair.output());
      html.closeLine();
    }
    html.close().close();
  }
}
