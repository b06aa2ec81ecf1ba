package org.seal4j.data.rows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.TextFile;
import org.seal4j.data.json.JsonLines;

/**
 * Reads a file of JSON lines, one row a line, in the forms that trainers of Hugging Face and MLX
 * read:
 *
 * <pre>{@code
 * {"messages": [{"role": "user", "content": "Hi."}, {"role": "assistant", "content": "Hello."}]}
 * {"prompt": "The capital of France is", "completion": " Paris."}
 * {"prompt": [{"role": "user", ...}], "completion": [{"role": "assistant", ...}]}
 * {"text": "Once upon a time ..."}
 * }</pre>
 *
 * <p>Rows of one file may differ in form. Other keys of a row are passed over, and so are blank
 * lines.
 */
public final class TrainingRows {
  /** Longest file in bytes: what one text can hold. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8L;

  private TrainingRows() {}

  /**
   * All rows, in the order of the file.
   *
   * @throws InputException naming file and line: a byte that is not UTF-8, a line that is no JSON
   *     object, a row without its keys, an empty completion, a file without rows
   */
  public static List<TrainingRow> read(Path file) {
    String text = TextFile.read(file, MOST_BYTES);
    List<TrainingRow> rows = new ArrayList<>();
    JsonLines.read(file, text, (row, line) -> rows.add(RowForm.row(row, line)));
    Checks.require(
        !rows.isEmpty(),
        "%s has no rows; write one JSON object a line, such as {\"prompt\": \"...\","
            + " \"completion\": \"...\"}",
        file);
    return rows;
  }
}
