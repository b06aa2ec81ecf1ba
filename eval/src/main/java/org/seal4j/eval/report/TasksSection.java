package org.seal4j.eval.report;

import java.util.List;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.eval.report.TaskPicture.Produced;

/** Tasks in pictures: demonstrations, the hidden pair, and what each condition handed in. */
final class TasksSection {
  private TasksSection() {}

  static void write(Html html, List<TaskPicture> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "Tasks");
    html.leaf(
        "p", "A condition solves a task when one attempt is the expected grid.", "class", "quiet");
    tasks.forEach(task -> task(html, task));
    html.closeLine();
  }

  private static void task(Html html, TaskPicture picture) {
    html.open("article", "class", "card task").open("h3").text(picture.task().id());
    if (!picture.task().family().equals(picture.task().id())) {
      html.leaf("span", picture.task().family(), "class", "quiet");
    }
    html.close().open("div", "class", "row").open("div").leaf("h4", "Demonstrations");
    html.open("div", "class", "pairs");
    picture.task().demonstrations().forEach(pair -> pair(html, pair));
    html.close().close();
    html.open("div").leaf("h4", "Test → expected").open("div", "class", "pairs");
    pair(html, picture.task().test());
    html.close().close().close();
    html.open("div", "class", "row attempts");
    picture.produced().forEach(p -> produced(html, p, picture.task().test().output()));
    html.close().closeLine();
  }

  private static void pair(Html html, GridPair pair) {
    html.open("div", "class", GridSvg.isRow(pair.input()) ? "pair rows" : "pair");
    GridSvg.write(html, pair.input());
    html.leaf("span", "→", "class", "arrow");
    GridSvg.write(html, pair.output());
    html.closeLine();
  }

  private static void produced(Html html, Produced produced, Grid truth) {
    boolean solved = produced.attempts().contains(truth);
    html.open("figure", "class", solved ? "right" : "wrong").open("figcaption");
    html.leaf("span", solved ? "✓" : "✗", "class", "mark");
    html.text(" " + produced.condition()).close().open("div", "class", "pairs");
    for (Grid attempt : produced.attempts()) {
      html.open("span", "class", attempt.equals(truth) ? "hit" : "miss");
      GridSvg.write(html, attempt);
      html.close();
    }
    html.close();
    if (!produced.note().isEmpty()) {
      html.leaf("p", produced.note(), "class", "quiet");
    }
    html.closeLine();
  }
}
