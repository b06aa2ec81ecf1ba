package org.seal4j.data.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.seal4j.data.check.Checks;
import org.seal4j.data.gguf.GgufKeys;
import org.seal4j.data.text.PieceList.Piece;

/**
 * The pieces of a GGUF file whose tokenizer is {@code llama}: SentencePiece's byte-pair encoding.
 *
 * @param tokens all tokens
 * @param scores by id
 * @param prefixed whether a blank is put before a text
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GgufPieces(GgufTokens tokens, float[] scores, boolean prefixed) {
  private static final String SCORES = "tokenizer.ggml.scores";

  static GgufPieces read(GgufKeys keys, GgufTokens tokens) {
    float[] scores = keys.numbers(SCORES);
    Checks.require(
        scores.length == tokens.texts().size(),
        "%s: %s has %d entries but there are %d tokens",
        keys.file(),
        SCORES,
        scores.length,
        tokens.texts().size());
    return new GgufPieces(tokens, scores, keys.flag("tokenizer.ggml.add_space_prefix", true));
  }

  /** The tokenizer, which joins what has the highest score as llama.cpp does. */
  Tokenizer tokenizer(OptionalInt first) {
    PieceNormalizer.Rules rules = new PieceNormalizer.Rules(null, prefixed, false, true, false);
    return SentencePieceFile.byPairs(list(), rules)
        .tokenizer(tokens.added(), first, tokens.role("eos_token"));
  }

  /**
   * What fills the vocabulary up is never made of a text. What somebody has defined is looked for
   * in the text as it is written ({@link GgufTokens#added}), and beside that joined as others are:
   * to SentencePiece it would come before all joining, to llama.cpp it does not.
   */
  private PieceList list() {
    List<Piece> pieces = new ArrayList<>();
    for (int id = 0; id < scores.length; id++) {
      PieceList.Type type = tokens.types().get(id);
      boolean unknown =
          !tokens.types().contains(PieceList.Type.UNKNOWN)
              && tokens.role("unk_token").equals(OptionalInt.of(id));
      PieceList.Type used =
          switch (type) {
            case UNUSED -> PieceList.Type.CONTROL;
            case USER_DEFINED -> PieceList.Type.NORMAL;
            default -> type;
          };
      pieces.add(
          new Piece(tokens.texts().get(id), scores[id], unknown ? PieceList.Type.UNKNOWN : used));
    }
    return new PieceList(pieces, tokens.file());
  }

  /**
   * The merges that join the same pieces: every way to make a piece of two, the highest score first
   * and of one piece the longest left side first, as Hugging Face's library orders them.
   */
  List<String> merges() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int id = 0; id < scores.length; id++) {
      PieceList.Type type = tokens.types().get(id);
      if (type == PieceList.Type.NORMAL || type == PieceList.Type.USER_DEFINED) {
        ids.put(tokens.texts().get(id), id);
      }
    }
    List<Merge> merges = new ArrayList<>();
    ids.forEach(
        (text, id) -> {
          for (int cut = text.length() - 1; cut > 0; cut--) {
            String left = text.substring(0, cut);
            String right = text.substring(cut);
            if (ids.containsKey(left) && ids.containsKey(right)) {
              merges.add(new Merge(scores[id], left + " " + right));
            }
          }
        });
    merges.sort(Comparator.comparing(Merge::score).reversed());
    return merges.stream().map(Merge::text).toList();
  }

  private record Merge(float score, String text) {}
}
