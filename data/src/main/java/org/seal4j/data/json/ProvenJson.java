package org.seal4j.data.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.Proof;

/**
 * JSON objects in files that carry a {@link Proof} of their own bytes as the last field. Read
 * strictly, as {@link Json} does.
 */
public final class ProvenJson {
  private ProvenJson() {}

  /** Writes a record or a map of at least one entry as an indented file in one step. */
  public static void write(Path file, Object value) {
    Proof.writeText(file, Proof.intoJson(Json.pretty(value)));
  }

  /**
   * Reads a file that was written with a proof.
   *
   * @throws InputException when the file is missing, is not as it was written, has no proof, or
   *     does not hold exactly this type
   */
  public static <T> T read(Path file, Class<T> type) {
    byte[] content = Proof.bytes(file);
    Proof.require(content, file);
    return parse(content, file, type);
  }

  /** As {@link #read}, for files that older versions wrote, without a proof. */
  public static <T> T readOld(Path file, Class<T> type) {
    byte[] content = Proof.bytes(file);
    Proof.check(content, file);
    return parse(content, file, type);
  }

  private static <T> T parse(byte[] content, Path file, Class<T> type) {
    String text = new String(content, StandardCharsets.UTF_8);
    JsonNode tree = Json.parse(text, JsonNode.class, file.toString());
    if (tree instanceof ObjectNode object && object.remove(Proof.KEY) != null) {
      return Json.parse(object.toString(), type, file.toString());
    }
    return Json.parse(text, type, file.toString());
  }
}
