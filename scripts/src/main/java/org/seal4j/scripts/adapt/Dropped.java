package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.rl.experiment.Lab;

/**
 * What a run leaves out so that it fits the time that was given.
 *
 * @param recipe of the run
 * @param documents that were read
 */
record Dropped(AdaptKeys recipe, DocumentSet documents) {
  static final String NAME = "dropped";

  static final TableSchema SCHEMA =
      TableSchema.named("dropped", 1)
          .column("passage", ColumnType.STRING, "Id of the passage.")
          .column("source", ColumnType.STRING, "Where a person finds it.")
          .column("title", ColumnType.STRING, "Title of its document, and its headings.")
          .column("words", ColumnType.INT32, "Its length.")
          .build();

  /** Passages that were to be learned and are not. */
  List<DocumentPassage> passages() {
    BudgetKeys wanted = recipe.budget();
    Integer learned = recipe.documents().passages();
    if (wanted == null || learned == null) {
      return List.of();
    }
    List<DocumentPassage> all = documents.passages();
    int to = Math.min(wanted.passages(), all.size());
    return all.subList(Math.min(learned, to), to);
  }

  /** Says it, and writes the table of the passages where there are any. */
  void tell(Lab lab) {
    lines().forEach(line -> lab.say("dropped by the budget: " + line));
    List<Row> rows = rows();
    if (!rows.isEmpty()) {
      lab.table(NAME, SCHEMA, rows);
    }
  }

  private List<Row> rows() {
    return passages().stream()
        .map(
            passage ->
                SCHEMA
                    .row()
                    .set("passage", passage.id())
                    .set("source", passage.source())
                    .set("title", passage.title())
                    .set("words", passage.words())
                    .build())
        .toList();
  }

  /** The same for a person, a line for each document: {@code notes.txt, passages 4 to 9}. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<DocumentPassage> left = passages();
    for (int from = 0; from < left.size(); ) {
      String document = document(left.get(from).id());
      int to = from + 1;
      while (to < left.size() && document(left.get(to).id()).equals(document)) {
        to++;
      }
      lines.add(line(document, left.get(from), to - from == 1 ? null : left.get(to - 1)));
      from = to;
    }
    return lines;
  }

  private static String line(
      String document, DocumentPassage first, @Nullable DocumentPassage last) {
    return last == null
        ? "%s, passage %s".formatted(document, number(first.id()))
        : "%s, passages %s to %s".formatted(document, number(first.id()), number(last.id()));
  }

  private static String document(String id) {
    int slash = id.lastIndexOf('/');
    return slash < 0 ? id : id.substring(0, slash);
  }

  private static String number(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
