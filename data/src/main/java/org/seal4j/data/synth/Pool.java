package org.seal4j.data.synth;

import java.util.List;

/**
 * What a family is used for, and which families those are. The pools share no family: the model is
 * pretrained on the first, edits are selected on the second, choices are made while looking at the
 * third, and the fourth is looked at once, for the numbers that are published. Edit these lists to
 * move a family; the leak test refuses two names for the same behaviour in different pools.
 *
 * <p>Held-out families are compositions whose parts are all in pretraining while the pair is not: a
 * pretrained model does not solve them in context, but learns them by training on recoloured
 * demonstrations. The three held-out pools have the same mix, for the same difficulty: six to eight
 * compositions with {@code fill} and two with {@code mask}.
 *
 * <p>Not held out, after a pilot on the RL and development pools: single moves and lines in an
 * unseen direction, and compositions with {@code dot}, {@code paint-...} or {@code clear-...},
 * since a quarter to all of them are solved in context; single quarter turns, {@code
 * antitranspose}, {@code gravity-...+...}, {@code rot180+mask} and {@code transpose+mask}, since
 * test-time training does not learn them. The confirmation pool was chosen by likeness and never
 * piloted. Mind that on 3 x 3 a shift by two is the shift by one in the other direction.
 */
public enum Pool {
  /**
   * Moves; directions, two of four at most, so that others can be held out; lines; marks; colours;
   * and compositions, some with each of the parts that are held out in other pairs.
   */
  PRETRAINING(
      "pre",
      """
      fliph flipv transpose antitranspose rot90 rot180
      shift-right shift-down push-right push-down mirror-right skew-right
      gravity-down gravity-left extend-right extend-down
      row0 row1 col1 copyrow01 copyrow21 copycol10 swaprows01 swapcols12
      clear-row1 clear-col0 keep-row0 keep-col2
      border dot paint-corners paint-diagonal paint-row2 paint-col0 clear-corners clear-diagonal
      fill mask invert recolour swap cycle remove keep keep-majority remove-majority
      shift-right+fill gravity-down+fill fliph+mask push-down+mask transpose+dot
      col1+dot shift-down+border fliph+recolour row0+recolour flipv+paint-row2
      """),
  RL(
      "rl",
      """
      row1+fill push-right+fill transpose+fill mirror-right+fill swapcols12+fill rot180+fill
      extend-right+fill antitranspose+fill col1+mask swaprows01+mask
      """),
  DEVELOPMENT(
      "dev",
      """
      col1+fill push-down+fill flipv+fill skew-right+fill copyrow01+fill copycol10+fill
      row0+mask shift-right+mask
      """),
  CONFIRMATION(
      "conf",
      """
      row0+fill shift-down+fill fliph+fill swaprows01+fill copyrow21+fill extend-down+fill
      rot90+fill row1+mask push-right+mask
      """);

  private final String label;
  private final String families;

  Pool(String label, String families) {
    this.label = label;
    this.families = families;
  }

  /** The first part of a task id. */
  public String label() {
    return label;
  }

  /** The names of the families, in a fixed order. */
  List<String> families() {
    return List.of(families.strip().split("\\s+"));
  }
}
