package org.seal4j.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.JsonField;

/** Tokens and their ids, one to one; ids may have gaps. */
final class Vocabulary {
  /** The most ids that a vocabulary may span: far above any real one, low enough for arrays. */
  static final int MOST_IDS = 1 << 24;

  /** Longest token: those of published models have up to some hundred characters. */
  private static final int MOST_CHARACTERS = 2048;

  private final Object source;
  private final Map<String, Integer> ids;
  private final @Nullable String[] tokens;
  private final int longest;

  /** Keeps these tokens; {@code source}, the file that they are from, is named in messages. */
  Vocabulary(Map<String, Integer> ids, Object source) {
    this.ids = new LinkedHashMap<>(ids);
    this.source = source;
    int largest = -1;
    int most = 0;
    for (Map.Entry<String, Integer> entry : ids.entrySet()) {
      if (entry.getValue() < 0 || entry.getValue() >= MOST_IDS) {
        throw Checks.refuse(
            "%s: the token '%s' has the id %d; expected 0 to %d",
            source, entry.getKey(), entry.getValue(), MOST_IDS - 1);
      }
      largest = Math.max(largest, entry.getValue());
      most = Math.max(most, entry.getKey().length());
    }
    longest = most;
    Checks.require(
        longest <= MOST_CHARACTERS,
        "%s: a token has %,d characters; expected at most %,d",
        source,
        longest,
        MOST_CHARACTERS);
    tokens = new @Nullable String[largest + 1];
    ids.forEach(
        (token, id) -> {
          if (tokens[id] != null) {
            throw Checks.refuse(
                "%s: '%s' and '%s' have the id %d", source, String.valueOf(tokens[id]), token, id);
          }
          tokens[id] = token;
        });
  }

  /** These tokens and those beside them. */
  Vocabulary with(List<AddedToken> added) {
    Map<String, Integer> all = new LinkedHashMap<>(ids);
    added.forEach(token -> all.put(token.content(), token.id()));
    return new Vocabulary(all, source);
  }

  /** The members of a JSON object from tokens to ids. */
  static Vocabulary read(JsonField field) {
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
    return new Vocabulary(tokens, field.file());
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

  /** The most characters that a token has. */
  int longest() {
    return longest;
  }

  /** One more than the largest id. */
  int span() {
    return tokens.length;
  }

  /** Refuses a role, such as that of the end of texts, whose token is none of the special ones. */
  static void requireSpecials(List<String> specials, String... roles) {
    for (String role : roles) {
      Checks.require(
          role.isEmpty() || specials.contains(role),
          "'%s' is none of the special tokens %s; list it there",
          role,
          specials);
    }
  }
}
