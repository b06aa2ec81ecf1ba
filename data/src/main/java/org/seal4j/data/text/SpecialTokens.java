package org.seal4j.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.JsonField;

/**
 * What {@code tokenizer_config.json} and {@code special_tokens_map.json} say about a tokenizer;
 * both may be missing.
 *
 * @param files what there is of them
 */
record SpecialTokens(List<JsonField> files) {
  static final String CONFIG = "tokenizer_config.json";
  static final String MAP = "special_tokens_map.json";

  /** What stands in this folder. */
  SpecialTokens(Path folder) {
    this(
        Stream.of(CONFIG, MAP)
            .map(folder::resolve)
            .filter(Files::isRegularFile)
            .map(JsonField::read)
            .toList());
  }

  /**
   * The id of a role such as {@code bos_token}; the first file that names it counts.
   *
   * @param source the file of the vocabulary, for messages
   * @param otherwise where no file has this role; one that says null settles that there is none
   */
  OptionalInt role(String role, Vocabulary vocabulary, Path source, OptionalInt otherwise) {
    if (files.stream().noneMatch(file -> file.has(role))) {
      return otherwise;
    }
    Optional<String> token =
        files.stream()
            .flatMap(file -> file.optional(role).stream())
            .map(SpecialTokens::content)
            .findFirst();
    OptionalInt id = token.map(vocabulary::id).orElse(OptionalInt.empty());
    Checks.require(
        token.isEmpty() || id.isPresent(),
        "%s names the %s '%s', which %s lacks",
        CONFIG,
        role,
        token.orElse(""),
        source);
    return id;
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
        .map(JsonField::members)
        .orElse(Map.of())
        .forEach(
            (id, token) -> {
              boolean number = id.matches("[0-9]{1,8}");
              Checks.require(number, "%s: '%s' is not a token id", token.file(), token.pointer());
              tokens.add(added(token, Integer.parseInt(id)));
            });
    tokens.sort(Comparator.comparingInt(AddedToken::id));
    return tokens;
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
    Set<String> found = new LinkedHashSet<>();
    for (JsonField file : files) {
      for (String role : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
        file.optional(role).ifPresent(token -> found.add(content(token)));
      }
      JsonNode more = file.node().path("additional_special_tokens");
      more.forEach(token -> found.add(token.path("content").asText(token.asText())));
    }
    return List.copyOf(found);
  }
}
