package org.seal4j.scripts.corpus;

import java.util.List;
import java.util.OptionalDouble;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Html;
import org.seal4j.eval.stats.Outcome;

/** All measures of the methods as two tables of the page: the answers, and what stands beside. */
final class CorpusMeasures {
  private static final String ANSWERS =
      "Recall, F1, words and nats are means over titles. Nats: a token of the gold answers, without"
          + " passages in sight. First: questions for which a passage that they need was found first;"
          + " taken: all that they need were among those taken; none: for which none was taken.";

  private static final String BESIDE =
      "Of the forty questions about the world, the share for which a passage was taken and the share"
          + " answered right; perplexity of a text that no passage is about, whose paragraphs go"
          + " where their first sentences go. MB: on the disk beside the model. CPU seconds: of this"
          + " process, all threads together, a question, finding passages and reading adapters"
          + " included; – where an earlier process did some of the work.";

  private CorpusMeasures() {}

  static void answers(List<CorpusRow> rows, Html html) {
    html.note(ANSWERS);
    Cells cells = new Cells(html);
    cells.head("", "n", "recall", "F1", "words", "nats", "first", "taken", "none");
    rows.forEach(row -> cells.row(row.label(), answers(row)));
    cells.end();
  }

  private static List<String> answers(CorpusRow row) {
    double recall = row.recall().stream().mapToDouble(Outcome::value).average().orElse(Double.NaN);
    return List.of(
        "" + row.items().size(),
        Cells.share(recall),
        Cells.share(row.f1()),
        Cells.number("%.1f", row.words()),
        Cells.number("%.2f", row.nats().orElse(Double.NaN)),
        Cells.share(row.foundFirst()),
        Cells.share(row.found()),
        Cells.share(row.foundNone()));
  }

  static void beside(List<CorpusRow> rows, Html html) {
    html.note(BESIDE);
    Cells cells = new Cells(html);
    cells.head("", "passage taken", "answered right", "perplexity", "MB", "CPU s");
    rows.forEach(row -> cells.row(row.label(), beside(row)));
    cells.end();
  }

  private static List<String> beside(CorpusRow row) {
    CorpusRow.General general = row.general();
    return List.of(
        Cells.share(general == null ? OptionalDouble.empty() : general.sent()),
        general == null ? Cells.NONE : Cells.share(general.recall()),
        general == null ? Cells.NONE : Cells.number("%.1f", general.perplexity()),
        Cells.number("%.2f", row.bytes() * 1e-6),
        Cells.number("%.2f", row.seconds()));
  }
}
