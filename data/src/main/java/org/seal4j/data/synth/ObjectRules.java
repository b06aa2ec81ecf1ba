package org.seal4j.data.synth;

import java.util.List;
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
    return painted(
        in, palette.color(Role.FILL), (r, c) -> in.at(r, c) == 0 && !outside[r * width + c]);
  }

  /** Background next to an object, corners included, takes the task's colour. */
  static Grid halo(Grid in, Palette palette) {
    return painted(
        in,
        palette.color(Role.PAINT),
        (r, c) -> in.at(r, c) == 0 && countAround(in, r, c, true) > 0);
  }

  /** Cells with a coloured cell on all eight sides become background. */
  static Grid hollow(Grid in) {
    return painted(in, 0, (r, c) -> countAround(in, r, c, true) == 8);
  }

  /** Objects of a single cell disappear. */
  static Grid withoutSpecks(Grid in) {
    return painted(in, 0, (r, c) -> countAround(in, r, c, false) == 0);
  }

  /** Objects of a single cell take the task's colour. */
  static Grid paintSpecks(Grid in, Palette palette) {
    return painted(
        in,
        palette.color(Role.PAINT),
        (r, c) -> in.at(r, c) != 0 && countAround(in, r, c, false) == 0);
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
    List<Integer> colored =
        Component.of(in).stream().flatMap(object -> object.cells().stream()).toList();
    return colored.isEmpty() ? in : new Component(0, colored).box(in.width()).of(in);
  }

  /** Background between two cells of the same colour in a row or column takes that colour. */
  static Grid connect(Grid in) {
    return in.map(
        (r, c) -> {
          int row = Direction.RIGHT.behind(in, r, c);
          if (row != 0 && row == Direction.LEFT.behind(in, r, c)) {
            return row;
          }
          int column = Direction.DOWN.behind(in, r, c);
          return column == Direction.UP.behind(in, r, c) ? column : 0;
        });
  }

  /** Each coloured cell draws lines of its colour over background in these directions. */
  static Grid rays(Grid in, Direction... directions) {
    return in.map(
        (r, c) -> {
          int color = 0;
          for (int i = 0; color == 0 && i < directions.length; i++) {
            color = directions[i].behind(in, r, c);
          }
          return color;
        });
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

  /** A choice of cells. */
  private interface Cells {
    boolean hold(int r, int c);
  }

  private static Grid painted(Grid in, int color, Cells chosen) {
    return in.map((r, c) -> chosen.hold(r, c) ? color : in.at(r, c));
  }
}
