package org.seal4j.eval.report;

import org.seal4j.data.arc.Grid;

/** A grid in the colours of the ARC site, with hairlines between the cells. */
final class GridSvg {
  private static final String[] PALETTE = {
    "#000000", "#0074d9", "#ff4136", "#2ecc40", "#ffdc00",
    "#aaaaaa", "#f012be", "#ff851b", "#7fdbff", "#870c25"
  };

  /** Pixels a side may take; long rows, as of 1D-ARC, get more. */
  private static final int ROOM = 140;

  private static final int ROW_ROOM = 300;

  private GridSvg() {}

  /** Whether the grid is so flat that pairs are better drawn one above the other. */
  static boolean isRow(Grid grid) {
    return grid.width() >= 5 * grid.height();
  }

  static void write(Html html, Grid grid) {
    int room = isRow(grid) ? ROW_ROOM : ROOM;
    int cell = Math.max(5, Math.min(20, room / Math.max(grid.height(), grid.width())));
    String box = "0 0 " + grid.width() + " " + grid.height();
    int width = grid.width() * cell;
    html.open("svg", "class", "grid", "viewBox", box, "width", width, "role", "img");
    html.leaf("title", grid.toString());
    html.shape("rect", "width", "100%", "height", "100%", "fill", PALETTE[0]);
    for (int color = 1; color < Grid.COLORS; color++) {
      String area = area(grid, color);
      if (!area.isEmpty()) {
        html.shape("path", "fill", PALETTE[color], "d", area);
      }
    }
    html.shape("path", "class", "hairlines", "d", hairlines(grid)).close();
  }

  /** All cells of a color as one path: a rectangle per run of cells in a row. */
  private static String area(Grid grid, int color) {
    StringBuilder path = new StringBuilder();
    for (int r = 0; r < grid.height(); r++) {
      for (int c = 0; c < grid.width(); c++) {
        int start = c;
        while (c < grid.width() && grid.at(r, c) == color) {
          c++;
        }
        if (c > start) {
          path.append('M').append(start).append(' ').append(r).append('h').append(c - start);
          path.append("v1H").append(start).append('z');
        }
      }
    }
    return path.toString();
  }

  private static String hairlines(Grid grid) {
    StringBuilder path = new StringBuilder("M0 0");
    for (int c = 1; c < grid.width(); c++) {
      path.append('M').append(c).append(" 0v").append(grid.height());
    }
    for (int r = 1; r < grid.height(); r++) {
      path.append("M0 ").append(r).append('h').append(grid.width());
    }
    return path.toString();
  }
}
