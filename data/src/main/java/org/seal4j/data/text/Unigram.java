package org.seal4j.data.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import org.seal4j.data.text.PieceList.Piece;

/**
 * SentencePiece's unigram language model (Kudo 2018): of all ways to cut a text into pieces, the
 * one with the highest sum of scores, found by dynamic programming from left to right. A character
 * that no piece covers alone costs ten more than the worst piece.
 */
final class Unigram implements SubwordModel {
  private static final float UNKNOWN_PENALTY = 10;
  private static final int NONE = -1;

  private final PieceList list;
  private final int unknown;
  private final int[] bytes;
  private final TokenTrie pieces;
  private final float worst;
  private final float best;

  Unigram(PieceList list) {
    this.list = list;
    unknown = list.unknown();
    bytes = list.bytes();
    pieces = new TokenTrie(list.pieces().size());
    DoubleSummaryStatistics scores = new DoubleSummaryStatistics();
    for (int id = 0; id < list.pieces().size(); id++) {
      Piece piece = list.pieces().get(id);
      if (piece.type() == PieceList.Type.NORMAL) {
        scores.accept(piece.score());
      }
      if (piece.type() == PieceList.Type.NORMAL || piece.type() == PieceList.Type.USER_DEFINED) {
        pieces.put(piece.text(), id);
      }
    }
    worst = (float) scores.getMin();
    best = (float) scores.getMax();
  }

  @Override
  public void encode(String text, IntList out) {
    int length = text.length();
    Lattice lattice = new Lattice(length);
    int at = 0;
    while (at < length) {
      int single = at + Character.charCount(text.codePointAt(at));
      boolean covered = false;
      int node = TokenTrie.ROOT;
      for (int end = at; end < length; ) {
        node = pieces.child(node, text.charAt(end++));
        if (node == TokenTrie.NONE) {
          break;
        }
        int id = pieces.number(node);
        if (id != NONE) {
          lattice.reach(at, end, id, worth(id));
          covered |= end == single;
        }
      }
      if (!covered) {
        lattice.reach(at, single, unknown, worst - UNKNOWN_PENALTY);
      }
      at = single;
    }
    write(text, lattice, out);
  }

  /** User-defined pieces are worth more than any cut through them. */
  private float worth(int id) {
    Piece piece = list.pieces().get(id);
    return piece.type() == PieceList.Type.USER_DEFINED
        ? (float) (piece.text().getBytes(StandardCharsets.UTF_8).length * best - 0.1)
        : piece.score();
  }

  /** The best way to each place of a text. */
  private static final class Lattice {
    private final float[] score;
    private final int[] from;
    private final int[] piece;

    Lattice(int length) {
      score = new float[length + 1];
      from = new int[length + 1];
      piece = new int[length + 1];
      Arrays.fill(from, 1, length + 1, NONE);
    }

    void reach(int at, int end, int id, float worth) {
      float sum = score[at] + worth;
      if (from[end] == NONE || sum > score[end]) {
        score[end] = sum;
        from[end] = at;
        piece[end] = id;
      }
    }
  }

  private void write(String text, Lattice lattice, IntList out) {
    IntList ends = new IntList();
    for (int end = text.length(); end > 0; end = lattice.from[end]) {
      ends.add(end);
    }
    PieceList.Output output = new PieceList.Output(unknown, bytes, out);
    for (int i = ends.size() - 1; i >= 0; i--) {
      int end = ends.get(i);
      if (lattice.piece[end] == unknown) {
        output.unknown(text.codePointAt(lattice.from[end]));
      } else {
        output.piece(lattice.piece[end]);
      }
    }
  }
}
