package org.seal4j.data.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.gguf.GgufKeys;

/**
 * The tokens of a GGUF file with what each is for.
 *
 * @param file named in messages
 * @param texts by id
 * @param types by id
 * @param roles ids of special tokens by their names in {@code tokenizer_config.json}
 */
record GgufTokens(
    Path file, List<String> texts, List<PieceList.Type> types, Map<String, Integer> roles) {
  private static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String TYPES = "tokenizer.ggml.token_type";
  private static final String BOS = "tokenizer.ggml.bos_token_id";
  private static final Map<String, String> ROLES =
      Map.of(
          "bos_token", BOS,
          "eos_token", "tokenizer.ggml.eos_token_id",
          "unk_token", "tokenizer.ggml.unknown_token_id",
          "pad_token", "tokenizer.ggml.padding_token_id");

  static GgufTokens read(GgufKeys keys) {
    List<String> texts = keys.texts(TOKENS);
    Checks.require(!texts.isEmpty(), "%s: %s is empty", keys.file(), TOKENS);
    requireDifferent(keys.file(), texts);
    Map<String, Integer> roles = new HashMap<>();
    ROLES.forEach((role, key) -> keys.id(key, texts.size()).ifPresent(id -> roles.put(role, id)));
    return new GgufTokens(keys.file(), texts, types(keys, texts.size()), roles);
  }

  private static void requireDifferent(Path file, List<String> texts) {
    Map<String, Integer> ids = new HashMap<>(2 * texts.size());
    for (int id = 0; id < texts.size(); id++) {
      Integer before = ids.put(texts.get(id), id);
      Checks.require(
          before == null,
          "%s: %s[%d] and [%d] are both '%s'",
          file,
          TOKENS,
          before,
          id,
          Shown.text(texts.get(id)));
    }
  }

  private static List<PieceList.Type> types(GgufKeys keys, int count) {
    PieceList.Type[] known = PieceList.Type.values();
    List<PieceList.Type> types = new ArrayList<>(count);
    int[] numbers = keys.integers(TYPES);
    Checks.require(
        numbers.length == count,
        "%s: %s has %d entries but there are %d tokens",
        keys.file(),
        TYPES,
        numbers.length,
        count);
    for (int id = 0; id < count; id++) {
      Checks.require(
          numbers[id] >= 1 && numbers[id] <= known.length,
          "%s: %s[%d] is %d; expected 1 to %d",
          keys.file(),
          TYPES,
          id,
          numbers[id],
          known.length);
      types.add(known[numbers[id] - 1]);
    }
    return types;
  }

  /** The token of a role. */
  OptionalInt role(String role) {
    Integer id = roles.get(role);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Texts of the special tokens by role, as templates and settings name them. */
  Map<String, String> spellings() {
    Map<String, String> spellings = new HashMap<>();
    roles.forEach((role, id) -> spellings.put(role, texts.get(id)));
    return spellings;
  }

  /** The token before a text, which must be there where one is asked for. */
  OptionalInt first(GgufKeys keys, boolean otherwise) {
    String key = "tokenizer.ggml.add_bos_token";
    if (!keys.flag(key, otherwise)) {
      return OptionalInt.empty();
    }
    Checks.require(
        roles.containsKey("bos_token"),
        "%s: %s asks for a token before every text, but %s is missing",
        file,
        keys.has(key) ? key : "this kind of tokenizer",
        BOS);
    return role("bos_token");
  }

  /** The tokens that are looked for in a text before anything else. */
  List<AddedToken> added() {
    List<AddedToken> added = new ArrayList<>();
    for (int id = 0; id < texts.size(); id++) {
      PieceList.Type type = types.get(id);
      if (type == PieceList.Type.CONTROL || type == PieceList.Type.UNKNOWN) {
        added.add(AddedToken.special(id, texts.get(id)));
      } else if (type == PieceList.Type.USER_DEFINED) {
        added.add(new AddedToken(id, texts.get(id), false, false, false, false, false));
      }
    }
    return added;
  }
}
