package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of cells in a row.
 *
 * @param from first cell
 * @param to one past the last cell
 * @param color colour of the first cell
 */
record Segment(int from, int to, int color) {

  int length() {
    return to - from;
  }

  int middle() {
    return (from + to - 1) / 2;
  }

  /** Colours this stretch of the row; cells outside the row are left out. */
  void paint(int[] row, int newColor) {
    for (int i = Math.max(0, from); i < Math.min(row.length, to); i++) {
      row[i] = newColor;
    }
  }

  /** Draws this stretch in its own colour. */
  void paint(int[] row) {
    paint(row, color);
  }

  /** The same stretch, {@code steps} cells to the right. */
  Segment moved(int steps) {
    return grown(-steps, steps);
  }

  /** So many cells more at each end, or fewer where they are negative. */
  Segment grown(int left, int right) {
    return new Segment(from - left, to + right, color);
  }

  /** Maximal stretches without background, whatever their colours. */
  static List<Segment> objects(int[] row) {
    return split(row, false);
  }

  /** Maximal stretches of one colour that is not background. */
  static List<Segment> runs(int[] row) {
    return split(row, true);
  }

  private static List<Segment> split(int[] row, boolean byColor) {
    List<Segment> found = new ArrayList<>();
    for (int from = 0; from < row.length; ) {
      int to = from + 1;
      while (to < row.length && row[to] != 0 && (!byColor || row[to] == row[from])) {
        to++;
      }
      if (row[from] != 0) {
        found.add(new Segment(from, to, row[from]));
        from = to;
      } else {
        from++;
      }
    }
    return found;
  }
}
