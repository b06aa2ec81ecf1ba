package org.seal4j.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.JsonField;

/**
 * What {@code tokenizer_config.json} and {@code special_tokens_map.json} say about a tokenizer;
 * both may be missing.
 */
final class SpecialTokens {
  static final String CONFIG = "tokenizer_config.json";
  static final String MAP = "special_tokens_map.json";

  private final List<JsonField> files;

  /** What these files say; the first of them is the configuration. */
  SpecialTokens(List<JsonField> files) {
    this.files = List.copyOf(files);
  }

  /** What stands in this folder. */
  SpecialTokens(Path folder) {
    this(read(folder));
  }

  private static List<JsonField> read(Path folder) {
    List<JsonField> files = new ArrayList<>();
    for (String name : List.of(CONFIG, MAP)) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        files.add(JsonField.read(file));
      }
    }
    return files;
  }

  /** The token of a role such as {@code bos_token}; the first file that names it counts. */
  Optional<String> role(String role) {
    for (JsonField file : files) {
      Optional<JsonField> named = file.optional(role);
      if (named.isPresent()) {
        return Optional.of(content(named.get()));
      }
    }
    return Optional.empty();
  }

  /** Whether a file has this role, be it null. */
  boolean settles(String role) {
    return files.stream().anyMatch(file -> file.has(role));
  }

  /** A setting of the configuration. */
  Optional<JsonField> setting(String key) {
    return files.stream()
        .filter(file -> file.file().endsWith(CONFIG))
        .findFirst()
        .flatMap(file -> file.optional(key));
  }

  private static String content(JsonField token) {
    return token.node().isTextual() ? token.text() : token.member("content").text();
  }

  /** The added tokens of {@code added_tokens_decoder}, in the order of their ids. */
  List<AddedToken> added() {
    List<AddedToken> tokens = new ArrayList<>();
    setting("added_tokens_decoder")
        .ifPresent(
            decoder ->
                decoder
                    .members()
                    .forEach((id, token) -> tokens.add(added(token, number(id, token)))));
    tokens.sort(Comparator.comparingInt(AddedToken::id));
    return tokens;
  }

  private static int number(String id, JsonField token) {
    Checks.require(
        id.matches("[0-9]{1,8}"), "%s: '%s' is not a token id", token.file(), token.pointer());
    return Integer.parseInt(id);
  }

  /** One added token as JSON spells it. */
  static AddedToken added(JsonField token, int id) {
    boolean special = token.bool("special", false);
    return new AddedToken(
        id,
        token.member("content").text(),
        token.bool("single_word", false),
        token.bool("lstrip", false),
        token.bool("rstrip", false),
        token.bool("normalized", !special),
        special);
  }

  /** All texts of the special roles, for vocabularies that list no added tokens. */
  List<String> roles() {
    Map<String, Boolean> found = new LinkedHashMap<>();
    for (JsonField file : files) {
      for (String role : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
        file.optional(role).ifPresent(token -> found.put(content(token), true));
      }
      JsonNode more = file.node().path("additional_special_tokens");
      more.forEach(token -> found.put(token.path("content").asText(token.asText()), true));
    }
    return List.copyOf(found.keySet());
  }
}
