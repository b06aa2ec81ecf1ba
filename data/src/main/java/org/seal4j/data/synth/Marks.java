package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.Grid;

/** Rules that paint a fixed part of the grid with the task's colour, or wipe it. */
final class Marks {
  private static final CellNoise DENSE = CellNoise.of(0.75);

  private Marks() {}

  private interface Part {
    boolean holds(Grid in, int r, int c);
  }

  static List<Primitive> primitives() {
    List<Primitive> all = new ArrayList<>();
    all.add(painted("border", Marks::onBorder));
    all.add(painted("dot", Marks::inCentre));
    all.add(painted("paint-corners", Marks::inCorner));
    all.add(painted("paint-diagonal", (g, r, c) -> r == c));
    all.add(painted("paint-antidiagonal", (g, r, c) -> r + c == g.width() - 1));
    all.add(wiped("clear-centre", Marks::inCentre));
    all.add(wiped("clear-corners", Marks::inCorner));
    all.add(wiped("clear-diagonal", (g, r, c) -> r == c));
    all.add(wiped("keep-diagonal", (g, r, c) -> r != c));
    for (int i = 0; i < 3; i++) {
      int line = i;
      all.add(painted("paint-row" + i, (g, r, c) -> r == line));
      all.add(painted("paint-col" + i, (g, r, c) -> c == line));
    }
    return List.copyOf(all);
  }

  private static boolean onBorder(Grid g, int r, int c) {
    return r == 0 || c == 0 || r == g.height() - 1 || c == g.width() - 1;
  }

  private static boolean inCorner(Grid g, int r, int c) {
    return (r == 0 || r == g.height() - 1) && (c == 0 || c == g.width() - 1);
  }

  /** The middle cell; two or four cells where a side is even. */
  private static boolean inCentre(Grid g, int r, int c) {
    return Math.abs(2 * r - g.height() + 1) <= 1 && Math.abs(2 * c - g.width() + 1) <= 1;
  }

  private static Primitive painted(String name, Part part) {
    return new Primitive(
        name,
        DENSE,
        (in, palette) ->
            Grid.generate(
                in.height(),
                in.width(),
                (r, c) -> part.holds(in, r, c) ? palette.color(Role.PAINT) : in.at(r, c)));
  }

  private static Primitive wiped(String name, Part part) {
    return new Primitive(
        name,
        DENSE,
        (in, palette) ->
            Grid.generate(
                in.height(), in.width(), (r, c) -> part.holds(in, r, c) ? 0 : in.at(r, c)));
  }
}
