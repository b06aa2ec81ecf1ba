package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;

/**
 * Cuts a batch into shards of like size, and shards into pieces of sequences of like length.
 *
 * @param multiple pieces are padded to a multiple of this many tokens
 * @param tokens most tokens of a piece, padding included, unless one sequence alone has more
 * @param memory into how many pieces a shard is cut at least
 */
record BatchPieces(int multiple, int tokens, StepMemory memory) {
  /** Sequences that are computed at once, padded to this shape. */
  record Piece(List<TokenSequence> sequences, BatchShape shape) {}

  /**
   * The pieces of each shard; fewer shards where there are fewer sequences. Sequences are dealt out
   * by length, there and back, so that the shards have equally many, of like length.
   */
  List<List<Piece>> of(List<TokenSequence> batch, int shards) {
    List<TokenSequence> sorted = new ArrayList<>(batch);
    sorted.sort(Comparator.comparingInt(s -> -BatchFiller.inputLength(s)));
    int count = Math.min(shards, sorted.size());
    List<List<TokenSequence>> dealt = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dealt.add(new ArrayList<>());
    }
    for (int i = 0; i < sorted.size(); i++) {
      int at = i % (2 * count);
      dealt.get(at < count ? at : 2 * count - 1 - at).add(sorted.get(i));
    }
    return dealt.stream().map(this::pieces).toList();
  }

  private List<Piece> pieces(List<TokenSequence> longestFirst) {
    List<Piece> pieces = new ArrayList<>();
    int most = memory.size(longestFirst.size());
    int from = 0;
    while (from < longestFirst.size()) {
      int longest = BatchFiller.inputLength(longestFirst.get(from));
      int time = Math.multiplyExact((longest + multiple - 1) / multiple, multiple);
      int fitting = Math.min(most, tokens / time);
      int rows = Math.max(1, Math.min(fitting, longestFirst.size() - from));
      List<TokenSequence> sequences = List.copyOf(longestFirst.subList(from, from + rows));
      pieces.add(new Piece(sequences, new BatchShape(rows, time)));
      from += rows;
    }
    return pieces;
  }
}
