package org.seal4j.data.text;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

  /** What a piece is for, in the order of the numbers in files, from 1. */
  enum Type {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE
  }

  /** A piece; its score is what choosing it is worth, higher is better. */
  record Piece(String text, float score, Type type) {}

  PieceList {
    pieces = List.copyOf(pieces);
    for (int id = 0; id < pieces.size(); id++) {
      Checks.require(
          pieces.get(id).type() != Type.UNUSED,
          "%s: piece %d '%s' is marked unused, which is not supported",
          source,
          id,
          pieces.get(id).text());
    }
    List<Integer> unknown = ids(pieces, Type.UNKNOWN);
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
    return ids(Type.UNKNOWN).get(0);
  }

  List<Integer> ids(Type type) {
    return ids(pieces, type);
  }

  private static List<Integer> ids(List<Piece> pieces, Type type) {
    return IntStream.range(0, pieces.size())
        .filter(id -> pieces.get(id).type() == type)
        .boxed()
        .toList();
  }

  /** The ids of the 256 bytes in their order; empty if the model has none. */
  int[] bytes() {
    List<Integer> ids = ids(Type.BYTE);
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

  /**
   * Writes what a model has found as ids: characters outside the vocabulary become their bytes, or
   * one unknown token per run.
   */
  static final class Output {
    private final int unknown;
    private final int[] bytes;
    private final IntList ids;
    private boolean afterUnknown;

    /** For one text, with what {@link #unknown} and {@link #bytes} say of the list. */
    Output(int unknown, int[] bytes, IntList ids) {
      this.unknown = unknown;
      this.bytes = bytes;
      this.ids = ids;
    }

    void piece(int id) {
      ids.add(id);
      afterUnknown = false;
    }

    void unknown(int character) {
      if (bytes.length > 0) {
        for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
          ids.add(bytes[b & 0xff]);
        }
      } else if (!afterUnknown) {
        ids.add(unknown);
        afterUnknown = true;
      }
    }
  }
}
