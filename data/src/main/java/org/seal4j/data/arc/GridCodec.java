package org.seal4j.data.arc;

import java.util.Arrays;
import java.util.Optional;
import org.seal4j.data.check.Checks;

/**
 * Grids as tokens and back, and the position of every token inside its pair.
 *
 * <p>A grid is its rows joined by {@link GridVocabulary#SEP}; with the marker before it, a 3x3 grid
 * takes 12 tokens and a pair 24. Positions follow from the tokens alone, see {@link
 * PositionCursor}.
 *
 * @param vocabulary the token ids
 * @param maxHeight most rows of a grid, >= 1
 * @param maxWidth most columns of a grid, >= 1
 * @param maxRow most columns of a grid of one row, as in 1D-ARC; at least {@code maxWidth}
 */
public record GridCodec(GridVocabulary vocabulary, int maxHeight, int maxWidth, int maxRow) {
  public GridCodec {
    Checks.require(
        maxHeight >= 1 && maxWidth >= 1 && maxRow >= maxWidth,
        "a grid codec needs limits >= 1, and single rows no narrower than grids, but got %d rows"
            + " and %d columns, and %d columns of a single row",
        maxHeight,
        maxWidth,
        maxRow);
    Checks.require(
        maxHeight * (maxRow + 1.0) + 2 <= Integer.MAX_VALUE,
        "a grid of %,d rows and %,d columns has more cells than a text can have tokens; make"
            + " maxHeight or maxWidth smaller",
        maxHeight,
        maxRow);
  }

  /** A codec whose single rows are no wider than other grids. */
  public GridCodec(GridVocabulary vocabulary, int maxHeight, int maxWidth) {
    this(vocabulary, maxHeight, maxWidth, maxWidth);
  }

  /** Tokens of the longest grid with its marker. */
  public int longest() {
    return Math.max(maxHeight * (maxWidth + 1), maxRow + 1);
  }

  /** The largest grids in words, such as {@code 12 x 12, or 1 x 36}. */
  public String limit() {
    String grids = maxHeight + " x " + maxWidth;
    return maxRow == maxWidth ? grids : grids + ", or 1 x " + maxRow;
  }

  private boolean holds(int height, int width) {
    return height <= maxHeight && width <= (height == 1 ? maxRow : maxWidth);
  }

  /** Number of learned positions: ids are {@code 0 .. positions() - 1}. */
  public int positions() {
    return hintPosition() + 1;
  }

  /** Whether the grid is within the limits. */
  public boolean fits(Grid grid) {
    return holds(grid.height(), grid.width());
  }

  /** Whether every grid of the task is within the limits, the hidden pair included. */
  public boolean fits(ArcTask task) {
    return task.grids().allMatch(this::fits);
  }

  /** Whether both grids of the pair are within the limits. */
  public boolean fits(GridPair pair) {
    return pair.grids().allMatch(this::fits);
  }

  /** Number of tokens of a grid with its marker: {@code height * (width + 1)}. */
  public static int tokens(Grid grid) {
    return grid.height() * (grid.width() + 1);
  }

  /** Number of tokens of a pair with both markers. */
  public static int tokens(GridPair pair) {
    return tokens(pair.input()) + tokens(pair.output());
  }

  /** The rows of the grid joined by separators, without a marker: {@code [tokens(grid) - 1]}. */
  public int[] encode(Grid grid) {
    if (!fits(grid)) {
      throw Checks.refuse(
          "a grid of %d x %d is over the limit of %s of this codec; leave the task out or raise the"
              + " limit",
          grid.height(), grid.width(), limit());
    }
    int stride = grid.width() + 1;
    int[] ids = new int[tokens(grid) - 1];
    Arrays.setAll(
        ids, i -> i % stride == stride - 1 ? GridVocabulary.SEP : grid.at(i / stride, i % stride));
    return ids;
  }

  /**
   * Reads what a model wrote after an output marker. Strict: equal rows of colours within the
   * limits, nothing else; one {@code END}, {@code IN} or {@code EDIT}, as it stands after an output
   * grid in training, may close it.
   *
   * @return the grid, or empty where the tokens are not one
   */
  public Optional<Grid> decode(int[] ids) {
    int length = ids.length;
    if (length > 0 && isTerminator(ids[length - 1])) {
      length--;
    }
    int width = 0;
    while (width < length && GridVocabulary.isColor(ids[width])) {
      width++;
    }
    int stride = width + 1;
    int height = (length + 1) / stride;
    boolean whole = width > 0 && height * stride == length + 1;
    for (int i = 0; whole && i < length; i++) {
      boolean separator = i % stride == width;
      whole = separator ? ids[i] == GridVocabulary.SEP : GridVocabulary.isColor(ids[i]);
    }
    return whole && holds(height, width)
        ? Optional.of(Grid.generate(height, width, (r, c) -> ids[r * stride + c]))
        : Optional.empty();
  }

  /** Whether the token closes an output grid: {@code END}, {@code IN} or {@code EDIT}. */
  public static boolean isTerminator(int id) {
    return id == GridVocabulary.END || id == GridVocabulary.IN || id == GridVocabulary.EDIT;
  }

  /** The learned position of each token, {@code [t]}, for a sequence that starts here. */
  public int[] positionsOf(int[] ids) {
    return Arrays.stream(ids).map(cursor()::next).toArray();
  }

  /** A cursor before the first token of a sequence. */
  public PositionCursor cursor() {
    return new PositionCursor(this);
  }

  int outputPosition() {
    return 1 + maxHeight * (maxRow + 1);
  }

  int editPosition() {
    return 2 * outputPosition();
  }

  int endPosition() {
    return editPosition() + 1;
  }

  int editSlotPosition(int slot) {
    return endPosition() + 1 + slot;
  }

  int hintPosition() {
    return editSlotPosition(vocabulary.edits());
  }
}
