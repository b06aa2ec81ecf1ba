package org.seal4j.data.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;

/**
 * The pieces of a SentencePiece model (Kudo, Richardson 2018), which are its vocabulary.
 *
 * @param pieces in the order of their ids
 * @param source the file that they are from
 */
record PieceList(List<Piece> pieces, Object source) {
  /** How models write a blank. */
  static final String BLANK = "\u2581";

  /**
   * A piece.
   *
   * @param score what choosing it is worth; higher is better
   */
  record Piece(String text, float score, PieceType type) {}

  PieceList {
    pieces = List.copyOf(pieces);
    List<Integer> unknown = new ArrayList<>();
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      Checks.require(
          piece.type() != PieceType.UNUSED,
          "%s: piece %d '%s' is marked unused, which is not supported",
          source,
          id,
          piece.text());
      if (piece.type() == PieceType.UNKNOWN) {
        unknown.add(id);
      }
    }
    Checks.require(
        unknown.size() == 1, "%s: expected one unknown piece but found %s", source, unknown);
  }

  /** Texts and ids of all pieces. */
  Vocabulary vocabulary() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int id = 0; id < pieces.size(); id++) {
      String text = pieces.get(id).text();
      Checks.require(ids.put(text, id) == null, "%s: the piece '%s' stands twice", source, text);
    }
    return new Vocabulary(ids, source);
  }

  int unknown() {
    return ids(PieceType.UNKNOWN).get(0);
  }

  List<Integer> ids(PieceType type) {
    List<Integer> found = new ArrayList<>();
    for (int id = 0; id < pieces.size(); id++) {
      if (pieces.get(id).type() == type) {
        found.add(id);
      }
    }
    return found;
  }

  /** The ids of the 256 bytes in their order; empty if the model has none. */
  int[] bytes() {
    List<Integer> ids = ids(PieceType.BYTE);
    if (ids.isEmpty()) {
      return new int[0];
    }
    int[] bytes = new int[256];
    Checks.require(
        ids.size() == bytes.length, "%s: has %d of the 256 byte pieces", source, ids.size());
    Vocabulary vocabulary = vocabulary();
    for (int b = 0; b < bytes.length; b++) {
      bytes[b] = vocabulary.idOr(BpeModel.byteToken(b));
      Checks.require(bytes[b] >= 0, "%s: lacks the piece %s", source, BpeModel.byteToken(b));
    }
    return bytes;
  }

  /** The longest user-defined piece that stands at this place of a text, or -1. */
  static int longestAt(String text, int at, List<Integer> candidates, List<Piece> pieces) {
    int best = -1;
    for (int id : candidates) {
      String piece = pieces.get(id).text();
      if (text.startsWith(piece, at)
          && (best < 0 || piece.length() > pieces.get(best).text().length())) {
        best = id;
      }
    }
    return best;
  }
}
