package org.seal4j.data.arc;

/**
 * Follows a sequence token by token and tells the learned position of each: where it stands inside
 * its pair. A position depends on the token and on what stands before it, so training and
 * generation number the same text alike.
 *
 * <p>The table, for limits H x W, where W is the widest row: input marker 0; input cell (r, c)
 * {@code 1 + r (W + 1) + c}, the separator that closes row r as its cell c = width; the same block
 * again for the output; then the {@code EDIT} marker, {@code END}, one row per place of a self-edit
 * (as many as there are edit tokens), and the hint. Beyond the limits, where only an unguided model
 * can go, rows and columns stay at the last one; {@code PAD} is 0.
 */
public final class PositionCursor {
  private final GridCodec codec;
  private int block;
  private int row;
  private int column;
  private int slot;

  PositionCursor(GridCodec codec) {
    this.codec = codec;
  }

  private PositionCursor(PositionCursor other) {
    this(other.codec);
    block = other.block;
    row = other.row;
    column = other.column;
    slot = other.slot;
  }

  /** An independent cursor at the same place. */
  public PositionCursor copy() {
    return new PositionCursor(this);
  }

  /** Takes the next token and returns its position. */
  public int next(int id) {
    if (GridVocabulary.isColor(id)) {
      int position = cell();
      column = Math.min(column + 1, codec.maxRow());
      return position;
    }
    if (codec.vocabulary().isEdit(id)) {
      return codec.editSlotPosition(Math.min(slot++, codec.vocabulary().edits() - 1));
    }
    if (codec.vocabulary().isHint(id)) {
      return codec.hintPosition();
    }
    return switch (id) {
      case GridVocabulary.IN -> open(0);
      case GridVocabulary.OUT -> open(codec.outputPosition());
      case GridVocabulary.SEP -> closeRow();
      case GridVocabulary.EDIT -> {
        slot = 0;
        yield codec.editPosition();
      }
      case GridVocabulary.END -> codec.endPosition();
      default -> 0;
    };
  }

  private int open(int start) {
    block = start;
    row = 0;
    column = 0;
    return start;
  }

  private int closeRow() {
    int position = cell();
    row = Math.min(row + 1, codec.maxHeight() - 1);
    column = 0;
    return position;
  }

  private int cell() {
    return block + 1 + row * (codec.maxRow() + 1) + column;
  }
}
