package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.Grid;

/** Rules whose output has another size: copies side by side, enlarging, halves, crops, frames. */
final class Resizing {
  private static final CellNoise DENSE = CellNoise.of(0.7);

  private Resizing() {}

  private interface Cell {
    int color(Grid in, int r, int c);
  }

  static List<Primitive> primitives() {
    List<Primitive> all = new ArrayList<>();
    all.addAll(copies());
    all.add(new Primitive("enlarge2", DENSE, (in, p) -> enlarged(in, 2)));
    all.add(new Primitive("enlarge3", DENSE, (in, p) -> enlarged(in, 3)));
    all.add(half("left-half", false, false));
    all.add(half("right-half", false, true));
    all.add(half("top-half", true, false));
    all.add(half("bottom-half", true, true));
    all.add(new Primitive("peel", DENSE, (in, p) -> peeled(in)));
    all.add(new Primitive("frame", DENSE, Resizing::framed));
    all.add(new Primitive("top-row", DENSE, (in, p) -> part(in, 1, in.width())));
    all.add(new Primitive("left-column", DENSE, (in, p) -> part(in, in.height(), 1)));
    all.add(new Primitive("corners", DENSE, (in, p) -> corners(in)));
    all.add(new Primitive("overlay-halves", CellNoise.of(0.4), (in, p) -> overlaid(in)));
    return List.copyOf(all);
  }

  private static List<Primitive> copies() {
    return List.of(
        tiled("copy-right", 1, 2, (g, r, c) -> wrapped(g, r, c)),
        tiled("copy-down", 2, 1, (g, r, c) -> wrapped(g, r, c)),
        tiled("copy-four", 2, 2, (g, r, c) -> wrapped(g, r, c)),
        tiled("unfold-right", 1, 2, (g, r, c) -> folded(g, r, c)),
        tiled("unfold-down", 2, 1, (g, r, c) -> folded(g, r, c)),
        tiled("unfold-left", 1, 2, (g, r, c) -> folded(g, r, c + g.width())),
        tiled("unfold-up", 2, 1, (g, r, c) -> folded(g, r + g.height(), c)),
        tiled("unfold-four", 2, 2, (g, r, c) -> folded(g, r, c)));
  }

  private static Primitive tiled(String name, int rows, int columns, Cell cell) {
    Rule rule =
        (in, palette) ->
            Grid.generate(rows * in.height(), columns * in.width(), (r, c) -> cell.color(in, r, c));
    return new Primitive(name, DENSE, rule);
  }

  private static int wrapped(Grid g, int r, int c) {
    return g.at(r % g.height(), c % g.width());
  }

  /** Every second copy is a mirror image. */
  private static int folded(Grid g, int r, int c) {
    return g.at(fold(r, g.height()), fold(c, g.width()));
  }

  private static int fold(int i, int length) {
    int inside = i % length;
    return i / length % 2 == 0 ? inside : length - 1 - inside;
  }

  private static Grid enlarged(Grid in, int factor) {
    return Grid.generate(
        factor * in.height(), factor * in.width(), (r, c) -> in.at(r / factor, c / factor));
  }

  /** One half of the rows or the columns; the middle one of an odd number is in neither. */
  private static Primitive half(String name, boolean ofRows, boolean second) {
    Rule rule =
        (in, palette) -> {
          int height = ofRows ? in.height() / 2 : in.height();
          int width = ofRows ? in.width() : in.width() / 2;
          int top = second ? in.height() - height : 0;
          int left = second ? in.width() - width : 0;
          return Grid.generate(height, width, (r, c) -> in.at(top + r, left + c));
        };
    return new Primitive(name, DENSE, rule);
  }

  private static Grid part(Grid in, int height, int width) {
    return Grid.generate(height, width, in::at);
  }

  /** Without the outermost ring; as it is where nothing would remain. */
  private static Grid peeled(Grid in) {
    if (in.height() < 3 || in.width() < 3) {
      return in;
    }
    return Grid.generate(in.height() - 2, in.width() - 2, (r, c) -> in.at(r + 1, c + 1));
  }

  private static Grid framed(Grid in, Palette palette) {
    return Grid.generate(
        in.height() + 2,
        in.width() + 2,
        (r, c) -> {
          boolean inside = r > 0 && c > 0 && r <= in.height() && c <= in.width();
          return inside ? in.at(r - 1, c - 1) : palette.color(Role.PAINT);
        });
  }

  private static Grid corners(Grid in) {
    return Grid.generate(2, 2, (r, c) -> in.at(r * (in.height() - 1), c * (in.width() - 1)));
  }

  /** The left half laid over the right half. */
  private static Grid overlaid(Grid in) {
    int half = in.width() - in.width() / 2;
    return Grid.generate(
        in.height(), in.width() / 2, (r, c) -> in.at(r, c) != 0 ? in.at(r, c) : in.at(r, c + half));
  }
}
