package org.seal4j.scripts.adapt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.data.check.Checks;
import org.seal4j.data.table.Column;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.table.TableSchema;
import org.seal4j.rl.study.Answered;
import org.seal4j.rl.study.QuestionKind;
import org.seal4j.rl.study.StudyQuestion;

/**
 * What the model wrote about each passage, as a log: a stopped run reads it back and goes on with
 * the next passage.
 */
final class WritingLog {
  static final String NAME = "writing";

  static final TableSchema SCHEMA =
      TableSchema.named("writing", 1)
          .column("passage", ColumnType.STRING, "Id of the passage.")
          .column("last", ColumnType.BOOL, "Whether the passage has no further row.")
          .nullable("kind", ColumnType.STRING, "What a question was to ask for; null for a text.")
          .nullable("question", ColumnType.STRING, "The question; null for a text or the last row.")
          .nullable("answer", ColumnType.STRING, "Its answer, read from the passage; or the text.")
          .nullable("tokens", ColumnType.STRING, "Ids of the answer, int32, in Base64.")
          .nullable(
              "teacher",
              ColumnType.STRING,
              "Its likeliest tokens at each place: width, ids, probabilities, in Base64.")
          .nullable("sentence", ColumnType.STRING, "The answer as it is said in conversation.")
          .nullable("sentence_tokens", ColumnType.STRING, "Ids of the sentence, as above.")
          .nullable("sentence_teacher", ColumnType.STRING, "Likeliest tokens, as above.")
          .nullable("note", ColumnType.STRING, "In the last row: what was written and not kept.")
          .build();

  private WritingLog() {}

  /** All that was written about one passage. */
  record Written(List<StudyQuestion> questions, List<String> texts, String note) {
    Written {
      questions = List.copyOf(questions);
      texts = List.copyOf(texts);
    }
  }

  /** Passages that are in the log to their last row. */
  static List<Written> read(RowLog log, List<String> passages) {
    List<Written> all = new ArrayList<>();
    List<StudyQuestion> questions = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Row row : log.rows()) {
      String passage = row.string("passage");
      Checks.require(
          all.size() < passages.size() && passages.get(all.size()).equals(passage),
          "%s tells of passage %s, where the documents have another; the documents were changed since"
              + " the run began: restore them, or begin a new run",
          NAME + ".arrows",
          passage);
      if (!row.isNull("question")) {
        questions.add(question(row));
      } else if (!row.isNull("answer")) {
        texts.add(row.string("answer"));
      }
      if (row.bool("last")) {
        all.add(new Written(questions, texts, row.isNull("note") ? "" : row.string("note")));
        questions.clear();
        texts.clear();
      }
    }
    return all;
  }

  /** Appends a passage; rows of it that a stopped run logged already must be the same. */
  static void append(RowLog log, String passage, Written written, int from) {
    List<Row> rows = new ArrayList<>();
    written.questions.forEach(q -> rows.add(row(passage, q)));
    written.texts.forEach(text -> rows.add(row(passage, false, Map.of("answer", text))));
    rows.add(row(passage, true, Map.of("note", written.note)));
    for (int i = 0; i < rows.size(); i++) {
      if (from + i < log.rows().size()) {
        Checks.require(
            log.rows().get(from + i).equals(rows.get(i)),
            "the run cannot be resumed here, its results would differ: the model wrote other questions"
                + " about %s before",
            passage);
      } else {
        log.append(rows.get(i));
      }
    }
  }

  /** A row with null in every other cell. */
  private static Row row(String passage, boolean last, Map<String, String> cells) {
    Row.Builder row = SCHEMA.row().set("passage", passage).set("last", last);
    SCHEMA.columns().stream()
        .filter(Column::nullable)
        .forEach(column -> row.set(column.name(), cells.get(column.name())));
    return row.build();
  }

  private static Row row(String passage, StudyQuestion question) {
    Map<String, String> cells = new HashMap<>();
    cells.put("kind", question.kind().label());
    cells.put("question", question.text());
    put(cells, "answer", "tokens", "teacher", question.answer());
    if (question.sentence() != null) {
      put(cells, "sentence", "sentence_tokens", "sentence_teacher", question.sentence());
    }
    return row(passage, false, cells);
  }

  private static void put(
      Map<String, String> cells, String text, String tokens, String teacher, Answered answer) {
    cells.put(text, answer.text());
    cells.put(tokens, text(bytes(answer.tokens())));
    if (answer.teacher() != null) {
      cells.put(teacher, text(bytes(answer.teacher())));
    }
  }

  private static StudyQuestion question(Row row) {
    QuestionKind kind = QuestionKind.valueOf(row.string("kind").toUpperCase(Locale.ROOT));
    return new StudyQuestion(
        row.string("passage"),
        kind,
        row.string("question"),
        answered(row, "answer", "tokens", "teacher"),
        row.isNull("sentence")
            ? null
            : answered(row, "sentence", "sentence_tokens", "sentence_teacher"));
  }

  private static Answered answered(Row row, String text, String tokens, String teacher) {
    ByteBuffer bytes = buffer(row.string(tokens));
    int[] ids = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(ids);
    SoftTargets likeliest = row.isNull(teacher) ? null : teacher(buffer(row.string(teacher)));
    return new Answered(row.string(text), ids, true, likeliest);
  }

  private static SoftTargets teacher(ByteBuffer bytes) {
    int width = bytes.getInt();
    int[] ids = new int[bytes.remaining() / 2 / Integer.BYTES];
    float[] probabilities = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = bytes.getInt();
    }
    for (int i = 0; i < ids.length; i++) {
      probabilities[i] = bytes.getFloat();
    }
    return new SoftTargets(width, ids, probabilities);
  }

  private static ByteBuffer bytes(int[] ids) {
    ByteBuffer bytes = room(ids.length);
    bytes.asIntBuffer().put(ids);
    return bytes;
  }

  private static ByteBuffer bytes(SoftTargets teacher) {
    ByteBuffer bytes = room(1 + 2 * teacher.ids().length);
    bytes.putInt(teacher.width());
    for (int id : teacher.ids()) {
      bytes.putInt(id);
    }
    for (float p : teacher.probabilities()) {
      bytes.putFloat(p);
    }
    return bytes;
  }

  private static ByteBuffer room(int numbers) {
    return ByteBuffer.allocate(Integer.BYTES * numbers).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(ByteBuffer bytes) {
    byte[] all = new byte[bytes.capacity()];
    bytes.rewind();
    bytes.get(all);
    return Base64.getEncoder().encodeToString(all);
  }

  private static ByteBuffer buffer(@Nullable String text) {
    return ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
