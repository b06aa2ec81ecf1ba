package org.seal4j.data.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.text.PieceList.Piece;

/**
 * SentencePiece's byte-pair encoding: of all neighbours that together spell a piece, those whose
 * piece has the highest score are joined first. Every way to make a piece of two becomes a merge,
 * ranked by score.
 */
final class ScoredBpe implements SubwordModel {
  /** Marks a character without piece of its own; the rest of the bits is the character. */
  private static final int CHARACTER = 1 << 30;

  /** Marks a user-defined piece, which nothing is joined with. */
  private static final int FROZEN = 1 << 29;

  private final List<Piece> pieces;
  private final TokenTrie userDefined;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Merges merges;
  private final int unknown;
  private final int[] bytes;

  ScoredBpe(PieceList list) {
    pieces = list.pieces();
    List<Integer> defined = list.ids(PieceList.Type.USER_DEFINED);
    userDefined = new TokenTrie(defined.size());
    defined.forEach(id -> userDefined.put(pieces.get(id).text(), id));
    unknown = list.unknown();
    bytes = list.bytes();
    list.ids(PieceList.Type.NORMAL).forEach(id -> ids.put(pieces.get(id).text(), id));
    defined.forEach(id -> ids.put(pieces.get(id).text(), id));
    merges = new Merges(4 * pieces.size());
    List<Integer> byScore = new ArrayList<>(ids.values());
    byScore.sort(
        Comparator.comparing((Integer id) -> -pieces.get(id).score())
            .thenComparing(Comparator.naturalOrder()));
    int rank = -1;
    float last = Float.NaN;
    for (int id : byScore) {
      rank += pieces.get(id).score() == last ? 0 : 1; // equal scores: the leftmost pair goes first
      last = pieces.get(id).score();
      addMerges(pieces.get(id).text(), rank, id);
    }
  }

  private void addMerges(String text, int rank, int id) {
    int cut = text.offsetByCodePoints(0, 1);
    while (cut < text.length()) {
      int left = symbol(text.substring(0, cut));
      int right = symbol(text.substring(cut));
      if (left >= 0 && right >= 0) {
        merges.add(left, right, rank, id);
      }
      cut = text.offsetByCodePoints(cut, 1);
    }
  }

  private int symbol(String text) {
    Integer id = ids.get(text);
    if (id != null) {
      return id;
    }
    boolean single = text.codePointCount(0, text.length()) == 1;
    return single ? CHARACTER | text.codePointAt(0) : -1;
  }

  @Override
  public void encode(String piece, IntList out) {
    int[] symbols = new int[piece.length()];
    int n = 0;
    int at = 0;
    while (at < piece.length()) {
      int user = userDefined.longest(piece, at);
      if (user >= 0) {
        symbols[n++] = FROZEN | user;
        at += pieces.get(user).text().length();
      } else {
        int character = piece.codePointAt(at);
        int end = at + Character.charCount(character);
        symbols[n++] = symbol(piece.substring(at, end));
        at = end;
      }
    }
    n = merges.apply(symbols, n);
    PieceList.Output output = new PieceList.Output(unknown, bytes, out);
    for (int i = 0; i < n; i++) {
      if ((symbols[i] & CHARACTER) != 0) {
        output.unknown(symbols[i] & ~CHARACTER);
      } else {
        output.piece(symbols[i] & ~FROZEN);
      }
    }
  }
}
