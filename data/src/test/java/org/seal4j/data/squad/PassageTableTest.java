package org.seal4j.data.squad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.Row;

/** Tables whose cells others have written. */
class PassageTableTest {
  private static final String QUESTION =
      "{\"id\": \"%s\", \"text\": \"t\", \"answers\": [\"x\"], \"impossible\": false}";

  @TempDir Path folder;

  private static Row row(String id, String questions, String completions) {
    return PassageTable.SCHEMA
        .row()
        .set("passage_id", id)
        .set("title", "T")
        .set("context", "Some text.")
        .set("questions", questions)
        .set("prompt", "")
        .set("completions", completions)
        .build();
  }

  private Path table(Row... rows) {
    Path file = folder.resolve("p.arrow");
    ArrowTable.write(file, PassageTable.SCHEMA, List.of(rows));
    return file;
  }

  private static String question(String id) {
    return QUESTION.formatted(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null            | []     | column questions is null; expected a list of questions",
        "[null]          | []     | column questions/0 is null; expected an object",
        "[Q, null]       | []     | column questions/1 is null; expected an object",
        "[Q/id=null]     | []     | column questions/0/id is null; expected a value",
        "[Q/id=\"\"]     | []     | column questions/0/id is \"\"; expected a text that is not blank",
        "[Q/id=7]        | []     | column questions/0/id is 7; expected a text",
        "[Q/text=null]   | []     | column questions/0/text is null; expected a value",
        "[Q/answers=null] | []    | column questions/0/answers is null; expected a value",
        "[Q/answers=[null]] | []  | column questions/0/answers/0 is null; expected a text",
        "[Q/answers=[]]  | []     | column questions/0/answers is an empty list; expected at least",
        "[Q/answers=\"x\"] | []   | column questions/0/answers is \"x\"; expected a list of texts",
        "[Q/impossible=null] | [] | column questions/0/impossible is null; expected a value",
        "[Q/impossible=1] | []    | column questions/0/impossible is 1; expected true or false",
        "[Q/impossible=true] | [] | column questions/0/answers is a list of 1; expected no answer",
        "[[]]            | []     | column questions/0 is an empty list; expected an object",
        "{}              | []     | column questions is {}; expected a list of questions",
        "[{\"id\": \"a\"}] | []   | column questions/0 lacks the key 'text'; expected the keys id",
        "[               | []     | column questions, line 1, column 2: the text ends, but the list",
        "[] []           | []     | column questions, line 1, column 4: something follows the end",
        "``              | []     | column questions, line 1, column 1: there is nothing",
        "[]              | null   | column completions is null; expected a list of texts",
        "[]              | [null] | column completions/0 is null; expected a text",
        "[]              | [1]    | column completions/0 is 1; expected a text",
        "[]              | \"x\"  | column completions is \"x\"; expected a list of texts"
      })
  void a_cell_that_does_not_hold_its_JSON_is_refused_with_file_row_and_column(
      String questions, String completions, String said) {
    Path file = table(row("p", "[]", "[]"), row("q", made(questions), completions));
    assertThatThrownBy(() -> PassageTable.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("row 2, " + said);
  }

  /** {@code Q} stands for a question, {@code Q/key=value} for one with another value. */
  private static String made(String cell) {
    String text = cell.replaceFirst("Q(?=[,\\]])", question("a"));
    int changed = text.indexOf("Q/");
    if (changed < 0) {
      return text;
    }
    String[] pair = text.substring(changed + 2, text.length() - 1).split("=", 2);
    String key = "\"" + pair[0] + "\": ";
    String whole =
        question("a").replaceFirst(key + "(\"[^\"]*\"|\\[[^\\]]*\\]|\\w+)", key + pair[1]);
    return text.substring(0, changed) + whole + "]";
  }

  @Test
  void an_id_that_is_given_twice_is_refused_with_its_row() {
    Path passages = table(row("p", "[]", "[]"), row("q", "[]", "[]"), row("p", "[]", "[]"));
    assertThatThrownBy(() -> PassageTable.read(passages))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("row 3, column passage_id is 'p', the id of an earlier row");
    String two = "[" + question("a") + ", " + question("b") + "]";
    Path questions = table(row("p", two, "[]"), row("q", "[" + question("b") + "]", "[]"));
    for (ImpossibleQuestions policy : ImpossibleQuestions.values()) {
      assertThatThrownBy(() -> PassageReader.read(questions, policy))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("row 2, column questions has the id 'b' of an earlier question");
    }
    Path within = table(row("p", "[" + question("a") + ", " + question("a") + "]", "[]"));
    assertThatThrownBy(() -> PassageTable.read(within))
        .hasMessageContaining("row 1, column questions has the id 'a' of an earlier question");
  }

  @Test
  void a_passage_without_id_or_text_is_refused_with_its_row() {
    List<Row> rows = new ArrayList<>(List.of(row("p", "[]", "[]")));
    rows.add(row(" ", "[]", "[]"));
    Path file = folder.resolve("blank.arrow");
    ArrowTable.write(file, PassageTable.SCHEMA, rows);
    assertThatThrownBy(() -> PassageTable.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": row 2: a passage needs an id");
  }

  @Test
  void a_table_without_rows_holds_no_passages() {
    assertThat(PassageTable.read(table())).isEmpty();
  }
}
