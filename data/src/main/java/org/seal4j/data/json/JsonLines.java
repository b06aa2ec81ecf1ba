package org.seal4j.data.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/** JSON lines: a value a line; blank lines are passed over. */
public final class JsonLines {
  private JsonLines() {}

  /** Takes one line. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @param row the value, whose place is its line
     * @param line counted from 1
     */
    void take(JsonField row, int line);
  }

  /**
   * Hands out the lines of a text, one by one.
   *
   * @param file that it was read from, for messages
   * @throws InputException naming file and line, where a line is no JSON, or the text is a JSON
   *     list
   */
  public static void read(Path file, String text, Reader reader) {
    int line = 0;
    int from = 0;
    while (from < text.length()) {
      int feed = text.indexOf('\n', from);
      int end = feed < 0 ? text.length() : feed;
      String content = text.substring(from, end);
      line++;
      if (!content.isBlank()) {
        reader.take(parsed(file, line, content), line);
      }
      from = end + 1;
    }
  }

  private static JsonField parsed(Path file, int line, String content) {
    Checks.require(
        line > 1 || !content.stripLeading().startsWith("["),
        "%s is a JSON list, but JSON lines are expected, one object a line; to make them of it: jq"
            + " -c '.[]' FILE",
        file);
    try {
      return JsonField.inside(file, "line " + line, content);
    } catch (InputException e) {
      // Parsed again behind as many line feeds, so that the message counts the lines of the file.
      Json.parse("\n".repeat(line - 1) + content, JsonNode.class, file.toString());
      throw e;
    }
  }
}
