package org.seal4j.data.squad;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.json.Json;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;

/** Passages as an Arrow table, one row each. */
public final class PassageTable {
  /** The documented columns. */
  public static final TableSchema SCHEMA =
      TableSchema.named("passages", 1)
          .column("passage_id", ColumnType.STRING, "Id of the passage, unique in the table.")
          .column("title", ColumnType.STRING, "Title of the article that the passage is from.")
          .column("context", ColumnType.STRING, "The text of the passage.")
          .column(
              "questions",
              ColumnType.STRING,
              "JSON array of questions: id, text, accepted answers (gold first), impossible.")
          .column(
              "prompt",
              ColumnType.STRING,
              "The prompt that the completions answer; empty where it is not known.")
          .column("completions", ColumnType.STRING, "JSON array of what a model wrote about it.")
          .build();

  private PassageTable() {}

  /** Writes the passages with their completions, replacing the file in one step. */
  public static ArrowTable write(Path file, List<CompletedPassage> passages) {
    return ArrowTable.write(file, SCHEMA, passages.stream().map(PassageTable::row).toList());
  }

  /** The passages of such a file. */
  public static List<CompletedPassage> read(Path file) {
    List<CompletedPassage> passages = new ArrayList<>();
    for (Row row : ArrowTable.read(file, SCHEMA).rows()) {
      String place = "%s, row %d, column ".formatted(file, passages.size());
      Question[] questions =
          Json.parse(row.string("questions"), Question[].class, place + "questions");
      String[] completions =
          Json.parse(row.string("completions"), String[].class, place + "completions");
      Passage passage =
          new Passage(
              row.string("passage_id"),
              row.string("title"),
              row.string("context"),
              List.of(questions));
      passages.add(new CompletedPassage(passage, row.string("prompt"), List.of(completions)));
    }
    return passages;
  }

  private static Row row(CompletedPassage completed) {
    Passage passage = completed.passage();
    return SCHEMA
        .row()
        .set("passage_id", passage.id())
        .set("title", passage.title())
        .set("context", passage.context())
        .set("questions", Json.line(passage.questions()))
        .set("prompt", completed.prompt())
        .set("completions", Json.line(completed.completions()))
        .build();
  }
}
