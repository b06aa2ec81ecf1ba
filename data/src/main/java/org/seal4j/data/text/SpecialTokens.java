package org.seal4j.data.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.FolderFile;
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
  private static final String ADD_BOS = "add_bos_token";
  private static final String ADDED = "added_tokens_decoder";
  private static final String LLAMA = "LlamaTokenizer";

  /** The other classes that go by {@code add_bos_token}, as a part of an expression. */
  private static final String FAMILY = "(Fast)?|(CodeLlama|Gemma|Cohere|GPTNeoX)Tokenizer(Fast)?";

  /** What stands in this folder. */
  SpecialTokens(Path folder) {
    this(
        Stream.of(CONFIG, MAP)
            .flatMap(name -> FolderFile.find(folder, name).stream())
            .map(JsonField::read)
            .toList());
  }

  /**
   * The id of a role such as {@code eos_token}. What the configuration says counts, null included;
   * only one without {@code added_tokens_decoder}, which is of an older form, is corrected by the
   * map.
   *
   * @param source the file of the vocabulary, for messages
   * @param otherwise where no file has this role
   */
  OptionalInt role(String role, Vocabulary vocabulary, Path source, OptionalInt otherwise) {
    Optional<JsonField> file = naming(role);
    if (file.isEmpty()) {
      return otherwise;
    }
    Optional<JsonField> token = file.get().optional(role);
    OptionalInt id = token.map(one -> vocabulary.id(content(one))).orElse(OptionalInt.empty());
    Checks.require(
        token.isEmpty() || id.isPresent(),
        "%s names the %s '%s', which %s lacks",
        file.get().file().getFileName(),
        role,
        token.map(SpecialTokens::content).orElse(""),
        source);
    return id;
  }

  /** The file that counts for a role. */
  private Optional<JsonField> naming(String role) {
    Stream<JsonField> there = files.stream().filter(one -> one.has(role));
    return isOlder() ? there.reduce((config, map) -> map) : there.findFirst();
  }

  private boolean isOlder() {
    return setting(ADDED).isEmpty();
  }

  /**
   * The token before a text. What the tokenizer's file puts there counts, except that classes of
   * the Llama family put {@code add_bos_token} above it, as Hugging Face's library does (4.57):
   * left out, it means true to them, and false to GPT-NeoX. For other classes a {@code bos_token}
   * that is only named stands before no text.
   *
   * @param source the file of the vocabulary, for messages
   * @param put what the file of the vocabulary puts before a text
   */
  OptionalInt first(Vocabulary vocabulary, Path source, OptionalInt put) {
    requireNoEnd();
    if (isObeyed(ADD_BOS)) {
      return first(vocabulary, source);
    }
    String type = setting("tokenizer_class").map(JsonField::text).orElse("");
    if (!type.matches(LLAMA + FAMILY)) {
      return put;
    }
    OptionalInt bos = role("bos_token", vocabulary, source, OptionalInt.empty());
    return type.startsWith("GPTNeoX") ? OptionalInt.empty() : bos.isPresent() ? bos : put;
  }

  /** The token that {@code add_bos_token} alone puts before a text. */
  OptionalInt first(Vocabulary vocabulary, Path source) {
    Optional<JsonField> add = setting(ADD_BOS).filter(JsonField::bool);
    if (add.isEmpty()) {
      return OptionalInt.empty();
    }
    OptionalInt bos = role("bos_token", vocabulary, source, OptionalInt.empty());
    if (bos.isEmpty()) {
      throw add.get().refuse("false, for no file names a bos_token");
    }
    return bos;
  }

  /** Whether the configuration has this key and is of a class that goes by it. */
  private boolean isObeyed(String key) {
    String type = setting("tokenizer_class").map(JsonField::text).orElse(LLAMA);
    return config().filter(file -> file.has(key)).isPresent() && type.matches(LLAMA + FAMILY);
  }

  private void requireNoEnd() {
    Optional<JsonField> add = setting("add_eos_token");
    if (isObeyed("add_eos_token") && add.map(JsonField::bool).orElse(false)) {
      throw add.orElseThrow()
          .refuse("false: an end behind every prompt is not supported; edit the file");
    }
  }

  Optional<JsonField> config() {
    return files.stream().filter(file -> file.file().endsWith(CONFIG)).findFirst();
  }

  /** A setting of the configuration. */
  Optional<JsonField> setting(String key) {
    return config().flatMap(file -> file.optional(key));
  }

  private static String content(JsonField token) {
    return token.node().isTextual() ? token.text() : token.member("content").text();
  }

  /** The added tokens of {@code added_tokens_decoder}, in the order of their ids. */
  List<AddedToken> added() {
    List<AddedToken> tokens = new ArrayList<>();
    setting(ADDED)
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

  /**
   * The tokens that Hugging Face's library adds to those of {@code tokenizer.json}: the ones of
   * {@code added_tokens_decoder}, and those that have a role.
   *
   * @param listed the added tokens of {@code tokenizer.json}
   * @param own the vocabulary of its model
   */
  List<AddedToken> missing(List<AddedToken> listed, Vocabulary own) {
    Set<String> known = new HashSet<>();
    listed.forEach(token -> known.add(token.content()));
    int next = Math.max(own.span(), listed.stream().mapToInt(AddedToken::id).max().orElse(-1) + 1);
    List<AddedToken> missing = new ArrayList<>();
    for (AddedToken token : added()) {
      if (known.add(token.content())) {
        int id = own.idOr(token.content());
        Checks.require(
            id < 0 || id == token.id(),
            "%s: %s gives '%s' the id %d, but the model's vocabulary %d; correct one of them",
            CONFIG,
            ADDED,
            token.content(),
            token.id(),
            id);
        Checks.require(
            id >= 0 || token.id() == next,
            "%s: %s gives '%s' the id %d, but the next one that is free is %d; correct one of them",
            CONFIG,
            ADDED,
            token.content(),
            token.id(),
            next);
        next += id < 0 ? 1 : 0;
        missing.add(token);
      }
    }
    for (JsonField token : more()) {
      if (!known.contains(content(token)) && own.idOr(content(token)) < 0) {
        throw token.refuse("a token that the tokenizer's file has");
      }
    }
    for (String role : roles()) {
      OptionalInt id = own.id(role);
      if (id.isPresent() && known.add(role)) {
        missing.add(AddedToken.special(id.getAsInt(), role));
      }
    }
    return missing;
  }

  /** Refuses a setting by which Hugging Face's library changes what a file says. */
  void requireNoOther() {
    Optional<JsonField> split = setting("split_special_tokens").filter(JsonField::bool);
    if (split.isPresent()) {
      throw split.get().refuse("false: special tokens in a text are always looked for");
    }
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
    for (String role : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
      naming(role)
          .flatMap(file -> file.optional(role))
          .ifPresent(token -> found.add(content(token)));
    }
    more().forEach(token -> found.add(content(token)));
    return List.copyOf(found);
  }

  /**
   * Special tokens without a role of their own: a list, or as models of pictures have it by name.
   */
  private List<JsonField> more() {
    List<JsonField> more = new ArrayList<>();
    for (JsonField file : files) {
      for (String key : List.of("additional_special_tokens", "extra_special_tokens")) {
        Optional<JsonField> tokens =
            file.optional(key).filter(all -> isOlder() || file.file().endsWith(CONFIG));
        tokens.ifPresent(
            all ->
                more.addAll(
                    all.node().isObject() ? all.members().values() : all.list("a list of tokens")));
      }
    }
    return more;
  }
}
