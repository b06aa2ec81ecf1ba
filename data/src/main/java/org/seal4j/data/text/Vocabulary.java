package org.seal4j.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.JsonField;

/** Tokens and their ids, one to one; ids may have gaps. */
final class Vocabulary {
  /** The most ids that a vocabulary may span: far above any real one, low enough for arrays. */
  static final int MOST_IDS = 1 << 24;

  private final Map<String, Integer> ids;
  private final @Nullable String[] tokens;

  /**
   * Keeps these tokens.
   *
   * @param source the file that they are from, for messages
   */
  Vocabulary(Map<String, Integer> ids, Object source) {
    this.ids = new HashMap<>(ids);
    int largest = -1;
    for (Map.Entry<String, Integer> entry : ids.entrySet()) {
      Checks.require(
          entry.getValue() >= 0 && entry.getValue() < MOST_IDS,
          "%s: the token '%s' has the id %d; expected 0 to %d",
          source,
          entry.getKey(),
          entry.getValue(),
          MOST_IDS - 1);
      largest = Math.max(largest, entry.getValue());
    }
    tokens = new @Nullable String[largest + 1];
    ids.forEach(
        (token, id) -> {
          Checks.require(
              tokens[id] == null,
              "%s: '%s' and '%s' have the id %d",
              source,
              tokens[id],
              token,
              id);
          tokens[id] = token;
        });
  }

  /** The members of a JSON object from tokens to ids, in their order. */
  static Map<String, Integer> read(JsonField field) {
    if (!field.node().isObject()) {
      throw field.refuse("an object from tokens to ids");
    }
    Map<String, Integer> tokens = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : field.node().properties()) {
      if (!entry.getValue().isInt()) {
        throw field.member(entry.getKey()).refuse("an id");
      }
      tokens.put(entry.getKey(), entry.getValue().intValue());
    }
    return tokens;
  }

  /** The id of a token, or -1. */
  int idOr(String token) {
    return ids.getOrDefault(token, -1);
  }

  OptionalInt id(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The token with this id. */
  String token(int id) {
    String token = id >= 0 && id < tokens.length ? tokens[id] : null;
    return Checks.present(
        token,
        "token id %d is not in the vocabulary, which has %d tokens with ids up to %d",
        id,
        ids.size(),
        tokens.length - 1);
  }

  boolean has(int id) {
    return id >= 0 && id < tokens.length && tokens[id] != null;
  }

  /** One more than the largest id. */
  int span() {
    return tokens.length;
  }

  int size() {
    return ids.size();
  }

  /** All tokens in the order of their ids. */
  Map<String, Integer> entries() {
    Map<String, Integer> sorted = new LinkedHashMap<>();
    for (int id = 0; id < tokens.length; id++) {
      String token = tokens[id];
      if (token != null) {
        sorted.put(token, id);
      }
    }
    return sorted;
  }
}
