package org.seal4j.data.squad;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.JsonField;
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

  /**
   * The passages of such a file.
   *
   * @throws InputException in one sentence with file, row (from 1) and column where a cell does not
   *     hold what it should, or an id is given twice
   */
  public static List<CompletedPassage> read(Path file) {
    List<CompletedPassage> passages = new ArrayList<>();
    Set<String> passageIds = new HashSet<>();
    Set<String> questionIds = new HashSet<>();
    for (Row row : ArrowTable.readForeign(file, SCHEMA).rows()) {
      String place = "row " + (passages.size() + 1);
      Passage passage = passage(row, file, place);
      Checks.require(
          passageIds.add(passage.id()),
          "%s: %s, column passage_id is '%s', the id of an earlier row; ids must be unique",
          file,
          place,
          passage.id());
      for (Question question : passage.questions()) {
        Checks.require(
            questionIds.add(question.id()),
            "%s: %s, column questions has the id '%s' of an earlier question; ids must be unique",
            file,
            place,
            question.id());
      }
      List<String> completions =
          cell(row, "completions", file, place).list("a list of texts").stream()
              .map(JsonField::text)
              .toList();
      passages.add(new CompletedPassage(passage, row.string("prompt"), completions));
    }
    return passages;
  }

  private static Passage passage(Row row, Path file, String place) {
    List<Question> questions =
        cell(row, "questions", file, place).list("a list of questions").stream()
            .map(PassageTable::question)
            .toList();
    try {
      return new Passage(
          row.string("passage_id"), row.string("title"), row.string("context"), questions);
    } catch (InputException e) {
      throw new InputException("%s: %s: %s".formatted(file, place, e.getMessage()), e);
    }
  }

  private static Question question(JsonField field) {
    field.object(List.of("id", "text", "answers", "impossible"), List.of());
    JsonField answers = field.member("answers");
    List<String> texts = answers.list("a list of texts").stream().map(JsonField::text).toList();
    boolean impossible = field.member("impossible").bool();
    if (impossible != texts.isEmpty()) {
      throw answers.refuse(impossible ? "no answer, as impossible is true" : "at least one answer");
    }
    return new Question(
        field.member("id").words(), field.member("text").words(), texts, impossible);
  }

  private static JsonField cell(Row row, String column, Path file, String place) {
    return JsonField.inside(file, place + ", column " + column, row.string(column));
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
