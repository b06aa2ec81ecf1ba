package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Comparison;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Html;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;

/**
 * What a run found about passages that are learned one after the other.
 *
 * @param intervals of the run
 * @param passages of each sequence
 * @param methods in the order of the recipe; empty where there are none
 */
record ForgettingFindings(TitleIntervals intervals, int passages, List<Forgetting> methods) {
  private static final String UNEDITED = "un-edited, passages of the sequences";
  private static final String NOTE =
      "Each passage's adapter is trained over the model that those before were merged into. Just"
          + " edited: the questions about a passage when it was the last. After all: about all of"
          + " them when the last was merged. Kept: the recall after all as a share of just edited."
          + " Nats: a token of the gold answers.";

  ForgettingFindings {
    methods = List.copyOf(methods);
  }

  private static String justEdited(Forgetting one) {
    return one.method().name() + ", just edited";
  }

  private String afterAll(Forgetting one) {
    return "%s, after all %d".formatted(one.method().name(), passages);
  }

  List<Condition> conditions() {
    List<Condition> all = new ArrayList<>();
    if (!methods.isEmpty()) {
      all.add(condition(UNEDITED, methods.get(0).unedited()));
    }
    for (Forgetting one : methods) {
      all.add(condition(justEdited(one), one.justEdited()));
      all.add(condition(afterAll(one), one.afterAll()));
    }
    return all;
  }

  private Condition condition(String label, List<Forgetting.Cell> cells) {
    return intervals.condition(label, Forgetting.recall(cells));
  }

  List<Comparison> comparisons() {
    List<Comparison> all = new ArrayList<>();
    for (Forgetting one : methods) {
      all.add(comparison(afterAll(one), one.afterAll(), UNEDITED, one.unedited()));
      all.add(comparison(afterAll(one), one.afterAll(), justEdited(one), one.justEdited()));
    }
    return all;
  }

  private Comparison comparison(
      String after,
      List<Forgetting.Cell> afterCells,
      String before,
      List<Forgetting.Cell> beforeCells) {
    return intervals.comparison(
        after, Forgetting.recall(afterCells), before, Forgetting.recall(beforeCells));
  }

  Section[] sections() {
    return methods.isEmpty()
        ? new Section[0]
        : new Section[] {
          Section.of("One passage after another", this::table),
          Sections.matrices(methods.stream().map(Forgetting::matrix).toList())
        };
  }

  private void table(Html html) {
    html.note(NOTE);
    Cells cells = new Cells(html);
    cells.head(
        "", "recall, just edited", "after all", "kept", "F1", "after all", "nats", "after all");
    for (Forgetting one : methods) {
      List<Forgetting.Cell> edited = one.justEdited();
      List<Forgetting.Cell> all = one.afterAll();
      double before = Forgetting.mean(edited, Forgetting.Cell::recall);
      double after = Forgetting.mean(all, Forgetting.Cell::recall);
      cells.row(
          one.method().name(),
          List.of(
              Cells.share(before),
              Cells.share(after),
              before > 0 ? Cells.share(after / before) : Cells.NONE,
              Cells.share(Forgetting.mean(edited, Forgetting.Cell::f1)),
              Cells.share(Forgetting.mean(all, Forgetting.Cell::f1)),
              Cells.number("%.2f", Forgetting.mean(edited, Forgetting.Cell::nats)),
              Cells.number("%.2f", Forgetting.mean(all, Forgetting.Cell::nats))));
    }
    cells.end();
  }

  List<Fact> facts() {
    return methods.stream()
        .map(
            one ->
                new Fact(
                    "sequences",
                    String.format(
                        Locale.ROOT,
                        "%s: %.1f %% right un-edited, %.1f %% just edited, %.1f %% after all %d",
                        one.method().name(),
                        100 * Forgetting.mean(one.unedited(), Forgetting.Cell::recall),
                        100 * Forgetting.mean(one.justEdited(), Forgetting.Cell::recall),
                        100 * Forgetting.mean(one.afterAll(), Forgetting.Cell::recall),
                        passages)))
        .toList();
  }

  List<Fact> files() {
    return methods.isEmpty()
        ? List.of()
        : List.of(
            new Fact("forgetting.arrow", "what is answered about each passage after each other"),
            new Fact("sequences/", "the adapters of each sequence and their training"),
            new Fact("merged/", "these adapters in the form of PEFT"));
  }
}
