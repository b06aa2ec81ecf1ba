package org.seal4j.eval.report;

import java.util.List;

/** Passages: the text, the self-edits, and the answers once both are gone. */
final class PassagesSection {
  private PassagesSection() {}

  static void write(Html html, List<PassageExample> passages) {
    if (passages.isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "Passages");
    html.leaf(
        "p",
        "Questions are asked without the passage; only what the adapter learned can help.",
        "class",
        "quiet");
    passages.forEach(passage -> passage(html, passage));
    html.closeLine();
  }

  private static void passage(Html html, PassageExample passage) {
    html.open("article", "class", "card passage").leaf("h3", passage.name());
    html.leaf("p", passage.context(), "class", "context");
    html.open("div", "class", "row");
    passage.produced().forEach(produced -> produced(html, produced));
    html.close().closeLine();
  }

  private static void produced(Html html, PassageExample.Produced produced) {
    long right = produced.answers().stream().filter(PassageExample.Answer::right).count();
    html.open("div", "class", "written");
    html.leaf(
        "h4", "%s: %d of %d".formatted(produced.condition(), right, produced.answers().size()));
    if (!produced.selfEdit().isEmpty()) {
      html.leaf("pre", produced.selfEdit());
    }
    html.open("details").leaf("summary", "answers").open("table", "class", "answers");
    for (PassageExample.Answer answer : produced.answers()) {
      html.open("tr", "class", answer.right() ? "right" : "wrong");
      html.leaf("td", answer.right() ? "✓" : "✗", "class", "mark");
      html.leaf("td", answer.question()).leaf("td", answer.given());
      html.leaf("td", answer.right() ? "" : "expected " + answer.gold(), "class", "quiet");
      html.closeLine();
    }
    html.close().close().closeLine();
  }
}
