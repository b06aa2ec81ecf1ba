package org.seal4j.scripts.study;

import java.util.List;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Html;
import org.seal4j.eval.report.Section;

/** Which self-edits won, and some to read. */
record ChosenSection(List<ChosenEdits> rounds, Seeds seeds) {
  private static final int EXAMPLES = 3;
  private static final int LONGEST = 600;
  private static final String NOTE =
      "Chosen: what the policy learned from; in arms by GRPO or DPO, what did better than the mean of"
          + " its passage. A question is of use where the filter lets it pass; the"
          + " passage says a sentence where it has most of its content words and all its numbers. A"
          + " line of fewer than 13 words counts as one gram. Differences are paired by passage, with"
          + " 95 % intervals bootstrapped over passages. Lead: how much likelier the gold answers"
          + " became than by the mean of the passage's self-edits, in nats a token.";

  Section section() {
    return Section.of("Self-edits that won", this::write);
  }

  private void write(Html html) {
    List<ChosenEdits> filled = rounds.stream().filter(round -> !round.edits().isEmpty()).toList();
    if (filled.isEmpty()) {
      return;
    }
    html.note(NOTE);
    filled.forEach(round -> write(round, html));
  }

  private void write(ChosenEdits round, Html html) {
    long chosen = round.edits().stream().filter(ChosenEdits.Edit::chosen).count();
    html.open("article", "class", "card passage");
    html.leaf(
        "h3",
        "%s, round %d: %d of %d self-edits chosen%s"
            .formatted(
                round.arm(),
                round.round(),
                chosen,
                round.edits().size(),
                round.stopped() == 0
                    ? ""
                    : ", %d trained but a part of the way".formatted(round.stopped())));
    List<ChosenEdits.Contrast> contrasts = round.contrasts(seeds);
    if (!contrasts.isEmpty()) {
      Cells cells = new Cells(html);
      cells.head("", "chosen", "not chosen", "difference", "95 %", "passages");
      contrasts.forEach(contrast -> cells.row(contrast.name(), row(contrast)));
      cells.end();
    }
    html.open("details").leaf("summary", "best and worst self-edits");
    examples("best", round.best(EXAMPLES), html);
    examples("worst", round.worst(EXAMPLES), html);
    html.close().closeLine();
  }

  private static List<String> row(ChosenEdits.Contrast contrast) {
    boolean count =
        contrast.name().equals(EditTraits.WORDS) || contrast.name().equals(EditTraits.QUESTIONS);
    double factor = count ? 1 : 100;
    String unit = count ? "" : " %%";
    return List.of(
        Cells.number("%.1f" + unit, factor * contrast.chosen()),
        Cells.number("%.1f" + unit, factor * contrast.others()),
        Cells.number("%+.1f", factor * contrast.difference().value()),
        Cells.interval("%.1f", contrast.difference().interval(), factor),
        "" + contrast.difference().tasks());
  }

  private static void examples(String which, List<ChosenEdits.Edit> edits, Html html) {
    for (ChosenEdits.Edit edit : edits) {
      String head =
          "%s: %s, lead %s, recall %s%s"
              .formatted(
                  which,
                  edit.passage().title(),
                  Cells.number("%+.3f", edit.lead()),
                  Cells.share(edit.row().outcome().reward()),
                  edit.chosen() ? ", chosen" : "");
      html.open("div", "class", "written").leaf("h4", head);
      html.leaf("pre", shortened(edit.row().draft().edit().orElse(""))).close();
    }
  }

  private static String shortened(String text) {
    int end = Math.min(text.length(), LONGEST);
    // never half of a character of two
    end -= end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
    return text.length() <= LONGEST ? text : text.substring(0, end) + " …";
  }
}
