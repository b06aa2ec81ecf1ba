package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import org.seal4j.data.arc.Grid;

/**
 * An object on a grid: cells of one colour, connected by their sides.
 *
 * @param color the colour, never 0
 * @param cells {@code row * width + column} of each cell, ascending
 */
record Component(int color, List<Integer> cells) {

  int size() {
    return cells.size();
  }

  /** All objects, by their first cell from the top left. */
  static List<Component> of(Grid grid) {
    boolean[] seen = new boolean[grid.height() * grid.width()];
    List<Component> found = new ArrayList<>();
    for (int cell = 0; cell < seen.length; cell++) {
      int color = grid.at(cell / grid.width(), cell % grid.width());
      if (!seen[cell] && color != 0) {
        found.add(new Component(color, flood(grid, cell, seen)));
      }
    }
    return found;
  }

  /** The cells of the start's colour that are connected to it; they become seen. */
  static List<Integer> flood(Grid grid, int start, boolean[] seen) {
    int width = grid.width();
    int color = grid.at(start / width, start % width);
    List<Integer> cells = new ArrayList<>();
    cells.add(start);
    seen[start] = true;
    for (int i = 0; i < cells.size(); i++) {
      for (Direction d : Direction.values()) {
        int r = cells.get(i) / width + d.dr;
        int c = cells.get(i) % width + d.dc;
        if (grid.holds(r, c) && !seen[r * width + c] && grid.at(r, c) == color) {
          seen[r * width + c] = true;
          cells.add(r * width + c);
        }
      }
    }
    cells.sort(Comparator.naturalOrder());
    return List.copyOf(cells);
  }

  /** The smallest rectangle around these cells of a grid this wide. */
  Box box(int gridWidth) {
    IntSummaryStatistics rows =
        cells.stream().mapToInt(cell -> cell / gridWidth).summaryStatistics();
    IntSummaryStatistics columns =
        cells.stream().mapToInt(cell -> cell % gridWidth).summaryStatistics();
    return new Box(rows.getMin(), columns.getMin(), rows.getMax() + 1, columns.getMax() + 1);
  }

  /** Rows {@code top} to {@code bottom - 1}, columns {@code left} to {@code right - 1}. */
  record Box(int top, int left, int bottom, int right) {

    /** What a grid holds there. */
    Grid of(Grid grid) {
      return Grid.generate(bottom - top, right - left, (r, c) -> grid.at(top + r, left + c));
    }

    boolean touches(Box other) {
      return top <= other.bottom
          && other.top <= bottom
          && left <= other.right
          && other.left <= right;
    }
  }
}
