package org.seal4j.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.Json;

/** The body of a request as JSON: an object, in UTF-8, not too deep. */
public final class JsonBody {
  private static final String TYPE = "application/json";

  private JsonBody() {}

  /**
   * Reads it.
   *
   * @param deepest nesting that is read
   * @throws ApiException 400 where it is none; 415 where it does not say that it is JSON, which no
   *     page of another site can say without leave
   */
  public static JsonNode of(Call call, int deepest) {
    String type = call.header("content-type").orElse("").toLowerCase(Locale.ROOT).trim();
    if (!type.split(";", 2)[0].trim().equals(TYPE)) {
      throw ApiException.of(415, "the body must be JSON; send the header Content-Type: " + TYPE);
    }
    byte[] bytes = call.body().get();
    requireDepth(bytes, deepest);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonNode node = Json.parse(text, JsonNode.class, "the body");
      if (!node.isObject()) {
        throw ApiException.badRequest("the body must be a JSON object");
      }
      return node;
    } catch (CharacterCodingException e) {
      throw ApiException.badRequest("the body is not UTF-8");
    } catch (InputException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** Counts brackets outside of texts, before a parser meets them. */
  private static void requireDepth(byte[] bytes, int deepest) {
    int depth = 0;
    boolean inText = false;
    for (int i = 0; i < bytes.length; i++) {
      switch (bytes[i]) {
        case '\\' -> i += inText ? 1 : 0;
        case '"' -> inText = !inText;
        case '{', '[' -> depth += inText ? 0 : 1;
        case '}', ']' -> depth -= inText ? 0 : 1;
        default -> {}
      }
      if (depth > deepest) {
        throw ApiException.badRequest("the body is nested deeper than " + deepest + " levels");
      }
    }
  }
}
