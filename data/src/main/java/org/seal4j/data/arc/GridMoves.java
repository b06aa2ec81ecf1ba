package org.seal4j.data.arc;

/** The cell arithmetic behind {@link Augmenters}: where each cell of a new grid comes from. */
final class GridMoves {
  private GridMoves() {}

  static Grid paint(Grid grid, int[] map) {
    return Grid.generate(grid.height(), grid.width(), (r, c) -> map[grid.at(r, c)]);
  }

  static Grid turnLeft(Grid g) {
    return flipRows(transpose(g));
  }

  static Grid turnRight(Grid g) {
    return flipColumns(transpose(g));
  }

  static Grid turnRound(Grid g) {
    return flipRows(flipColumns(g));
  }

  static Grid flipRows(Grid g) {
    return Grid.generate(g.height(), g.width(), (r, c) -> g.at(g.height() - 1 - r, c));
  }

  static Grid flipColumns(Grid g) {
    return Grid.generate(g.height(), g.width(), (r, c) -> g.at(r, g.width() - 1 - c));
  }

  static Grid transpose(Grid g) {
    return Grid.generate(/* height= */ g.width(), /* width= */ g.height(), (r, c) -> g.at(c, r));
  }

  static Grid roll(Grid g, int down, int right) {
    return Grid.generate(
        g.height(),
        g.width(),
        (r, c) -> g.at(Math.floorMod(r - down, g.height()), Math.floorMod(c - right, g.width())));
  }

  static Grid scale(Grid g, int down, int right) {
    return Grid.generate(g.height() * down, g.width() * right, (r, c) -> g.at(r / down, c / right));
  }

  static Grid stack(Grid top, Grid bottom) {
    return Grid.generate(
        top.height() + bottom.height(),
        top.width(),
        (r, c) -> r < top.height() ? top.at(r, c) : bottom.at(r - top.height(), c));
  }

  static Grid beside(Grid left, Grid right) {
    return Grid.generate(
        left.height(),
        left.width() + right.width(),
        (r, c) -> c < left.width() ? left.at(r, c) : right.at(r, c - left.width()));
  }
}
