package org.seal4j.data.synth;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.synth.Component.Box;

/** Rules about objects on background: holes, outlines, boxes, specks, lines between and through. */
final class ObjectRules {

  private ObjectRules() {}

  /** Background that is not connected to the edge takes the task's colour. */
  static Grid fillHoles(Grid in, Palette palette) {
    int width = in.width();
    boolean[] outside = new boolean[in.height() * width];
    for (int cell = 0; cell < outside.length; cell++) {
      int r = cell / width;
      int c = cell % width;
      boolean edge = r == 0 || c == 0 || r == in.height() - 1 || c == width - 1;
      if (edge && in.at(r, c) == 0 && !outside[cell]) {
        Component.flood(in, cell, outside);
      }
    }
    return mapped(
        in,
        (r, c) ->
            in.at(r, c) == 0 && !outside[r * width + c] ? palette.color(Role.FILL) : in.at(r, c));
  }

  /** Background next to an object, corners included, takes the task's colour. */
  static Grid halo(Grid in, Palette palette) {
    return mapped(
        in,
        (r, c) ->
            in.at(r, c) == 0 && countAround(in, r, c, true) > 0
                ? palette.color(Role.PAINT)
                : in.at(r, c));
  }

  /** Cells with a coloured cell on all eight sides become background. */
  static Grid hollow(Grid in) {
    return mapped(in, (r, c) -> countAround(in, r, c, true) == 8 ? 0 : in.at(r, c));
  }

  /** Objects of a single cell disappear. */
  static Grid withoutSpecks(Grid in) {
    return mapped(in, (r, c) -> countAround(in, r, c, false) == 0 ? 0 : in.at(r, c));
  }

  /** Objects of a single cell take the task's colour. */
  static Grid paintSpecks(Grid in, Palette palette) {
    return mapped(
        in,
        (r, c) ->
            in.at(r, c) != 0 && countAround(in, r, c, false) == 0
                ? palette.color(Role.PAINT)
                : in.at(r, c));
  }

  /** Background in the box of an object takes the object's colour. */
  static Grid fillBoxes(Grid in) {
    int[][] rows = in.rows();
    for (Component object : Component.of(in)) {
      Box box = object.box(in.width());
      for (int r = box.top(); r < box.bottom(); r++) {
        for (int c = box.left(); c < box.right(); c++) {
          rows[r][c] = rows[r][c] == 0 ? object.color() : rows[r][c];
        }
      }
    }
    return Grid.of(rows);
  }

  /** The output is the smallest box around all colours. */
  static Grid crop(Grid in) {
    @Nullable Box all = null;
    for (Component object : Component.of(in)) {
      Box box = object.box(in.width());
      all = all == null ? box : union(all, box);
    }
    if (all == null) {
      return in;
    }
    Box box = all;
    return Grid.generate(
        box.bottom() - box.top(),
        box.right() - box.left(),
        (r, c) -> in.at(box.top() + r, box.left() + c));
  }

  private static Box union(Box a, Box b) {
    return new Box(
        Math.min(a.top(), b.top()),
        Math.min(a.left(), b.left()),
        Math.max(a.bottom(), b.bottom()),
        Math.max(a.right(), b.right()));
  }

  /** Background between two cells of the same colour in a row or column takes that colour. */
  static Grid connect(Grid in) {
    return mapped(
        in,
        (r, c) -> {
          if (in.at(r, c) != 0) {
            return in.at(r, c);
          }
          int right = nearest(in, r, c, Direction.RIGHT);
          int down = nearest(in, r, c, Direction.DOWN);
          if (right != 0 && right == nearest(in, r, c, Direction.LEFT)) {
            return right;
          }
          return down == nearest(in, r, c, Direction.UP) ? down : 0;
        });
  }

  /** Each coloured cell draws lines of its colour over background in these directions. */
  static Grid rays(Grid in, List<Direction> directions) {
    return mapped(
        in,
        (r, c) -> {
          int color = in.at(r, c);
          for (Direction d : directions) {
            color = color == 0 ? nearest(in, r - d.dr, c - d.dc, opposite(d)) : color;
          }
          return color;
        });
  }

  private static Direction opposite(Direction d) {
    return switch (d) {
      case RIGHT -> Direction.LEFT;
      case LEFT -> Direction.RIGHT;
      case DOWN -> Direction.UP;
      case UP -> Direction.DOWN;
    };
  }

  /** The first colour from this cell in the direction, or 0. */
  private static int nearest(Grid in, int row, int column, Direction d) {
    int r = row;
    int c = column;
    while (r >= 0 && r < in.height() && c >= 0 && c < in.width()) {
      if (in.at(r, c) != 0) {
        return in.at(r, c);
      }
      r += d.dr;
      c += d.dc;
    }
    return 0;
  }

  /** Coloured neighbours: eight with corners, else four. */
  private static int countAround(Grid in, int row, int column, boolean corners) {
    int count = 0;
    for (int r = Math.max(0, row - 1); r <= Math.min(in.height() - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(in.width() - 1, column + 1); c++) {
        boolean corner = r != row && c != column;
        boolean self = r == row && c == column;
        count += !self && (corners || !corner) && in.at(r, c) != 0 ? 1 : 0;
      }
    }
    return count;
  }

  private static Grid mapped(Grid in, Grid.CellFunction cell) {
    return Grid.generate(in.height(), in.width(), cell);
  }
}
