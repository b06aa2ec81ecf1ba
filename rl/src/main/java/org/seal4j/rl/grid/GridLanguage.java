package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.seal4j.data.arc.GridCodec;
import org.seal4j.data.arc.GridSequences;
import org.seal4j.data.arc.GridVocabulary;
import org.seal4j.data.arc.PositionCursor;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.generate.PairPositions;

/** The tokens of one grid experiment: grids, markers, the symbols of self-edits, family hints. */
public final class GridLanguage {
  private final EditTokens edits;
  private final GridVocabulary vocabulary;
  private final GridSequences sequences;

  /**
   * @param schema the self-edits that can be written
   * @param hints number of hint tokens, one per pretraining family
   * @param maxHeight tallest grid
   * @param maxWidth widest grid
   */
  public GridLanguage(EditSchema schema, int hints, int maxHeight, int maxWidth) {
    this(schema, hints, maxHeight, maxWidth, maxWidth);
  }

  /**
   * The same with single rows that may be wider than other grids.
   *
   * @param maxRow widest grid of one row
   */
  public GridLanguage(EditSchema schema, int hints, int maxHeight, int maxWidth, int maxRow) {
    edits = new EditTokens(schema);
    vocabulary = new GridVocabulary(edits.names().size(), hints);
    sequences = new GridSequences(new GridCodec(vocabulary, maxHeight, maxWidth, maxRow));
  }

  public GridVocabulary vocabulary() {
    return vocabulary;
  }

  public GridSequences sequences() {
    return sequences;
  }

  public EditTokens edits() {
    return edits;
  }

  /** Size of the learned position-in-pair table. */
  public int pairPositions() {
    return sequences.codec().positions();
  }

  /** The token ids that write an edit. */
  public int[] tokens(FewShotEdit edit) {
    return tokens(edits.encode(edit));
  }

  /** The token ids of symbols. */
  public int[] tokens(int[] symbols) {
    int[] ids = new int[symbols.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = vocabulary.edit(symbols[i]);
    }
    return ids;
  }

  /** Positions in the pair that continue a prompt. */
  Supplier<PairPositions> after(TokenSequence prompt) {
    PositionCursor cursor = sequences.codec().cursor();
    for (int id : prompt.ids()) {
      cursor.next(id);
    }
    return () -> cursor.copy()::next;
  }

  /** Written tokens as text: the names of edit symbols, and of whatever else was written. */
  String text(int[] ids) {
    List<String> words = new ArrayList<>();
    for (int id : ids) {
      int symbol = vocabulary.isEdit(id) ? vocabulary.editIndex(id) : -1;
      words.add(symbol >= 0 ? edits.names().get(symbol) : vocabulary.name(id));
    }
    return String.join(" ", words);
  }
}
