package org.seal4j.serve.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text as clients send it: as characters, or as tokens already.
 *
 * @param text null where it came as tokens
 * @param ids null where it came as characters
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record PromptText(@Nullable String text, int @Nullable [] ids) {
  private static final int MOST = 2048;

  /** A text, a list of texts, a list of ids, or a list of such lists. */
  public static List<PromptText> several(Fields body, String name, int vocabulary) {
    if (!body.has(name)) {
      throw body.missing(name);
    }
    JsonNode node = body.node(name);
    String what = "a text, a list of 1 to %d texts, or ids of tokens".formatted(MOST);
    if (node.isTextual()) {
      return List.of(new PromptText(node.textValue(), null));
    }
    body.require(name, node.isArray() && !node.isEmpty(), what);
    if (node.get(0).isNumber()) {
      return List.of(new PromptText(null, body.ids(name, node, vocabulary)));
    }
    body.require(name, node.size() <= MOST, what);
    List<PromptText> all = new ArrayList<>();
    for (JsonNode one : node) {
      body.require(name, one.isTextual() || (one.isArray() && !one.isEmpty()), what);
      all.add(
          one.isTextual()
              ? new PromptText(one.textValue(), null)
              : new PromptText(null, body.ids(name, one, vocabulary)));
    }
    return all;
  }
}
