package org.seal4j.data.synth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.seal4j.data.arc.Augmenter;
import org.seal4j.data.arc.Augmenters;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.Checks;

/** All primitives by name, and compositions of them such as {@code flipv+fill}. */
final class Catalogue {
  private static final Map<String, Primitive> PRIMITIVES = new LinkedHashMap<>();

  /** Rules about a row or a column speak of the first three. */
  private static final int LINES = 3;

  static {
    moves();
    flows();
    lines();
    marks();
    colors();
  }

  private Catalogue() {}

  /** The colour of an output cell, given the input and the colours of the task. */
  private interface Cell {
    int color(Grid in, int r, int c, Palette p);
  }

  /** A part of a grid. */
  private interface Part {
    boolean holds(Grid in, int r, int c);
  }

  /** What becomes of a colour wherever it stands. */
  private interface Recolor {
    int color(int color, Palette p);
  }

  /** The primitive or the composition with this name. */
  static Primitive named(String name) {
    return Stream.of(name.split("\\+", -1))
        .map(
            part ->
                Checks.present(
                    PRIMITIVES.get(part),
                    "no primitive '%s' (in family '%s'); known are %s",
                    part,
                    name,
                    PRIMITIVES.keySet()))
        .reduce(Primitive::then)
        .orElseThrow();
  }

  /** Flips, turns, shifts, reflections of a half. */
  private static void moves() {
    CellNoise dense = CellNoise.of(0.8);
    rigid("fliph", Augmenters.FLIP_HORIZONTAL);
    rigid("flipv", Augmenters.FLIP_VERTICAL);
    rigid("rot180", Augmenters.ROTATE_180);
    rigid("transpose", Augmenters.TRANSPOSE);
    rigid("antitranspose", Augmenters.TRANSPOSE.then(Augmenters.ROTATE_180));
    rigid("rot90", Augmenters.ROTATE_270); // named after the turn to the right
    rigid("rot270", Augmenters.ROTATE_90);
    for (Direction d : Direction.values()) {
      String to = "-" + d.label();
      cells("shift" + to, dense, (g, r, c, p) -> wrapped(g, r - d.dr, c - d.dc));
      cells(
          "push" + to,
          dense,
          (g, r, c, p) -> g.holds(r - d.dr, c - d.dc) ? g.at(r - d.dr, c - d.dc) : 0);
      cells("mirror" + to, CellNoise.of(0.6), (g, r, c, p) -> reflected(g, r, c, d));
      cells("skew" + to, dense, (g, r, c, p) -> wrapped(g, r - c * d.dr, c - r * d.dc));
    }
    cells("swaprows01", dense, (g, r, c, p) -> g.at(r < 2 ? 1 - r : r, c));
    cells("swapcols12", dense, (g, r, c, p) -> g.at(r, c == 1 || c == 2 ? 3 - c : c));
  }

  /** Gravity, and colours that spread over background. */
  private static void flows() {
    for (Direction d : Direction.values()) {
      add("gravity-" + d.label(), CellNoise.of(0.5), Rule.plain(in -> fall(in, d)));
      add("extend-" + d.label(), CellNoise.of(0.35), Rule.plain(in -> ObjectRules.rays(in, d)));
    }
  }

  /** One row or column, counted from the top or the left: repeat, clear, keep, copy. */
  private static void lines() {
    CellNoise loose = CellNoise.of(0.6);
    for (int i = 0; i < LINES; i++) {
      int line = i;
      cells("row" + i, loose, (g, r, c, p) -> g.at(line, c));
      cells("col" + i, loose, (g, r, c, p) -> g.at(r, line));
      wiped("clear-row" + i, loose, (g, r, c) -> r == line);
      wiped("clear-col" + i, loose, (g, r, c) -> c == line);
      wiped("keep-row" + i, loose, (g, r, c) -> r != line);
      wiped("keep-col" + i, loose, (g, r, c) -> c != line);
      for (int to = 0; to < LINES; to++) {
        int target = to;
        if (target != line) {
          cells("copyrow" + i + to, loose, (g, r, c, p) -> g.at(r == target ? line : r, c));
          cells("copycol" + i + to, loose, (g, r, c, p) -> g.at(r, c == target ? line : c));
        }
      }
    }
  }

  /** A fixed part of the grid is painted with the task's colour, or wiped. */
  private static void marks() {
    CellNoise dense = CellNoise.of(0.75);
    painted("border", Catalogue::onBorder);
    painted("dot", Catalogue::inCentre);
    painted("paint-corners", Catalogue::inCorner);
    painted("paint-diagonal", (g, r, c) -> r == c);
    painted("paint-antidiagonal", (g, r, c) -> r + c == g.width() - 1);
    wiped("clear-centre", dense, Catalogue::inCentre);
    wiped("clear-corners", dense, Catalogue::inCorner);
    wiped("clear-diagonal", dense, (g, r, c) -> r == c);
    wiped("keep-diagonal", dense, (g, r, c) -> r != c);
    for (int i = 0; i < LINES; i++) {
      int line = i;
      painted("paint-row" + i, (g, r, c) -> r == line);
      painted("paint-col" + i, (g, r, c) -> c == line);
    }
  }

  /** Colours change where they stand. */
  private static void colors() {
    CellNoise loose = CellNoise.of(0.6);
    CellNoise dense = CellNoise.of(0.8);
    recolored("fill", loose, (v, p) -> v == 0 ? p.color(Role.FILL) : v);
    recolored("mask", loose, (v, p) -> v == 0 ? 0 : p.color(Role.MASK));
    recolored("invert", loose, (v, p) -> v == 0 ? p.color(Role.FILL) : 0);
    // other colours are as frequent, so that "the task's colour" is not "the majority"
    CellNoise from = dense.withFocus(Role.FROM, Role.TO, Role.THIRD);
    recolored("recolour", from, (v, p) -> v == p.color(Role.FROM) ? p.color(Role.TO) : v);
    recolored("remove", from, (v, p) -> v == p.color(Role.FROM) ? 0 : v);
    recolored("keep", from, (v, p) -> v == p.color(Role.FROM) ? v : 0);
    CellNoise two = dense.withFocus(Role.FROM, Role.TO);
    recolored("swap", two, (v, p) -> next(v, p, Role.FROM, Role.TO));
    recolored("cycle", from, (v, p) -> next(v, p, Role.FROM, Role.TO, Role.THIRD));
    CellNoise few = dense.withColors(3);
    add("keep-majority", few, new CountRule(true, false));
    add("remove-majority", few, new CountRule(true, true));
    add("keep-minority", few, new CountRule(false, false));
  }

  private static void add(String name, CellNoise inputs, Rule rule) {
    Checks.require(
        PRIMITIVES.put(name, new Primitive(name, inputs, rule)) == null,
        "two primitives are named '%s'",
        name);
  }

  private static void rigid(String name, Augmenter move) {
    add(name, CellNoise.of(0.8), Rule.plain(move::apply));
  }

  private static void cells(String name, CellNoise inputs, Cell cell) {
    add(name, inputs, (in, palette) -> in.map((r, c) -> cell.color(in, r, c, palette)));
  }

  private static void painted(String name, Part part) {
    cells(
        name,
        CellNoise.of(0.75),
        (g, r, c, p) -> part.holds(g, r, c) ? p.color(Role.PAINT) : g.at(r, c));
  }

  private static void wiped(String name, CellNoise inputs, Part part) {
    cells(name, inputs, (g, r, c, p) -> part.holds(g, r, c) ? 0 : g.at(r, c));
  }

  private static void recolored(String name, CellNoise inputs, Recolor recolor) {
    cells(name, inputs, (g, r, c, p) -> recolor.color(g.at(r, c), p));
  }

  private static int wrapped(Grid g, int r, int c) {
    return g.at(Math.floorMod(r, g.height()), Math.floorMod(c, g.width()));
  }

  /** The half on the side {@code d} becomes the mirror image of the other half. */
  private static int reflected(Grid g, int r, int c, Direction d) {
    int mr = d.dr == 0 ? r : g.height() - 1 - r;
    int mc = d.dc == 0 ? c : g.width() - 1 - c;
    boolean far = (r - mr) * d.dr + (c - mc) * d.dc > 0;
    return far ? g.at(mr, mc) : g.at(r, c);
  }

  /** A coloured cell falls by as many steps as there are free cells before it. */
  private static Grid fall(Grid in, Direction d) {
    int[][] out = new int[in.height()][in.width()];
    for (int r = 0; r < in.height(); r++) {
      for (int c = 0; c < in.width(); c++) {
        int free = 0;
        for (int i = 1; in.holds(r + i * d.dr, c + i * d.dc); i++) {
          free += in.at(r + i * d.dr, c + i * d.dc) == 0 ? 1 : 0;
        }
        if (in.at(r, c) != 0) {
          out[r + free * d.dr][c + free * d.dc] = in.at(r, c);
        }
      }
    }
    return Grid.of(out);
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

  /** The colour that follows this one in a ring of roles; other colours stay. */
  private static int next(int color, Palette p, Role... ring) {
    for (int i = 0; i < ring.length; i++) {
      if (color == p.color(ring[i])) {
        return p.color(ring[(i + 1) % ring.length]);
      }
    }
    return color;
  }
}
